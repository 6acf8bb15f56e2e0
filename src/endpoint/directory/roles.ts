import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readDate, readInteger, readOptionalText, readText, type Row } from './columns.ts';
import { drawUniqueId, type RandomBytes } from './identifiers.ts';
import { NamedRows } from './named-rows.ts';
import type { PathSlice, Role } from './records.ts';
import type { Revision } from './revision.ts';
import { transact } from './transact.ts';

export type NewRole = Omit<Role, 'RoleId' | 'Arn' | 'lastUse'>;

/** When and where a session of a role last signed a request. */
type RoleUse = NonNullable<Role['lastUse']>;

/** The roles of all accounts. Their uses wait in memory, where reads see them, until {@link Roles.flush} writes them together. */
export class Roles {
  readonly #database: DatabaseSync;
  readonly #random: RandomBytes;
  readonly #permissions: Revision;
  readonly #rows: NamedRows<Role>;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #setTrustPolicy: StatementSync;
  readonly #setBoundary: StatementSync;
  readonly #listBounded: StatementSync;
  readonly #delete: StatementSync;
  readonly #writeUse: StatementSync;
  readonly #waiting = new Map<string, RoleUse>();

  constructor(database: DatabaseSync, random: RandomBytes, permissions: Revision) {
    this.#database = database;
    this.#random = random;
    this.#permissions = permissions;
    this.#rows = new NamedRows(database, 'roles', 'role', (row) => this.#toRole(row));
    this.#insert = database.prepare(
      `INSERT INTO roles (role_id, account_id, role_name, path, created_at, trust_policy, description,
       max_session_duration, boundary_arn) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#update = database.prepare('UPDATE roles SET description = ?, max_session_duration = ? WHERE role_id = ?');
    this.#setTrustPolicy = database.prepare('UPDATE roles SET trust_policy = ? WHERE role_id = ?');
    this.#setBoundary = database.prepare('UPDATE roles SET boundary_arn = ? WHERE role_id = ?');
    this.#listBounded = database.prepare(
      'SELECT * FROM roles WHERE account_id = ? AND boundary_arn = ? AND boundary_arn IS NOT NULL ORDER BY role_name',
    );
    this.#delete = database.prepare('DELETE FROM roles WHERE role_id = ?');
    this.#writeUse = database.prepare('UPDATE roles SET last_used_at = ?, last_used_region = ? WHERE role_id = ?');
  }

  /** Makes a role. The caller has made sure that the name is free. */
  create(role: NewRole): Role {
    const { accountId, RoleName, Path, CreateDate, trustPolicy, Description, MaxSessionDuration, boundaryArn } = role;
    const RoleId = drawUniqueId('AROA', accountId, this.#random);
    this.#insert.run(
      RoleId,
      accountId,
      RoleName,
      Path,
      CreateDate.getTime(),
      trustPolicy,
      Description ?? null,
      MaxSessionDuration,
      boundaryArn ?? null,
    );
    return { ...role, RoleId, Arn: composeArn(accountId, Path, RoleName), lastUse: undefined };
  }

  /** The role of a name, written in any case. */
  find(accountId: string, RoleName: string): Role | undefined {
    return this.#rows.find(accountId, RoleName);
  }

  findById(RoleId: string): Role | undefined {
    return this.#rows.findById(RoleId);
  }

  list(accountId: string, slice: PathSlice): Role[] {
    return this.#rows.list(accountId, slice);
  }

  count(accountId: string): number {
    return this.#rows.count(accountId);
  }

  update({ RoleId, Description, MaxSessionDuration }: Role): void {
    this.#update.run(Description ?? null, MaxSessionDuration, RoleId);
  }

  setTrustPolicy(RoleId: string, document: string): void {
    this.#setTrustPolicy.run(document, RoleId);
    this.#permissions.advance();
  }

  /** @param arn of the policy that bounds the role; undefined: none does */
  setBoundary(RoleId: string, arn: string | undefined): void {
    this.#setBoundary.run(arn ?? null, RoleId);
    this.#permissions.advance();
  }

  /** The roles that a policy bounds. */
  listBounded(accountId: string, policyArn: string): Role[] {
    return this.#listBounded.all(accountId, policyArn).map((row) => this.#toRole(row));
  }

  /** Deletes a role with its tags and sessions. The caller has made sure that no policies hang on it. */
  delete(RoleId: string): void {
    this.#delete.run(RoleId);
    this.#permissions.advance();
  }

  recordUse(RoleId: string, use: RoleUse): void {
    this.#waiting.set(RoleId, use);
  }

  /** Writes the uses that wait in memory; when that fails they go on waiting. */
  flush(): void {
    if (this.#waiting.size === 0) return;
    transact(this.#database, () => {
      for (const [RoleId, use] of this.#waiting) this.#writeUse.run(use.LastUsedDate.getTime(), use.Region, RoleId);
    });
    this.#waiting.clear();
  }

  /** Drops the uses that wait, for a directory that is emptied. */
  forget(): void {
    this.#waiting.clear();
  }

  #toRole(row: Row): Role {
    const role = toRole(row);
    const waiting = this.#waiting.get(role.RoleId);
    return waiting === undefined ? role : { ...role, lastUse: waiting };
  }
}

function toRole(row: Row): Role {
  const accountId = readText(row, 'account_id');
  const RoleName = readText(row, 'role_name');
  const Path = readText(row, 'path');
  return {
    accountId,
    RoleId: readText(row, 'role_id'),
    RoleName,
    Path,
    Arn: composeArn(accountId, Path, RoleName),
    CreateDate: readDate(row, 'created_at'),
    trustPolicy: readText(row, 'trust_policy'),
    Description: readOptionalText(row, 'description'),
    MaxSessionDuration: readInteger(row, 'max_session_duration'),
    boundaryArn: readOptionalText(row, 'boundary_arn'),
    lastUse:
      row.last_used_at === null
        ? undefined
        : { LastUsedDate: readDate(row, 'last_used_at'), Region: readText(row, 'last_used_region') },
  };
}

function composeArn(accountId: string, Path: string, RoleName: string): string {
  return `arn:aws:iam::${accountId}:role${Path}${RoleName}`;
}
