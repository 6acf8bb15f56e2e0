import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readDate, readInteger, readOptionalText, readText, type Row } from './columns.ts';
import { drawUniqueId, type RandomBytes } from './identifiers.ts';
import { NamedRows } from './named-rows.ts';
import type { PathSlice, Policy, PolicyVersion } from './records.ts';
import type { Revision } from './revision.ts';
import { transact } from './transact.ts';

export type NewPolicy = Pick<Policy, 'accountId' | 'PolicyName' | 'Path' | 'Description' | 'CreateDate'> & {
  readonly document: string;
};

/** The customer managed policies of all accounts, and their versions. */
export class Policies {
  readonly #database: DatabaseSync;
  readonly #random: RandomBytes;
  readonly #permissions: Revision;
  readonly #rows: NamedRows<Policy>;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #insertVersion: StatementSync;
  readonly #numberVersion: StatementSync;
  readonly #setDefault: StatementSync;
  readonly #findVersion: StatementSync;
  readonly #listVersions: StatementSync;
  readonly #deleteVersion: StatementSync;

  constructor(database: DatabaseSync, random: RandomBytes, permissions: Revision) {
    this.#database = database;
    this.#random = random;
    this.#permissions = permissions;
    this.#rows = new NamedRows(database, 'policies', 'policy', toPolicy);
    this.#insert = database.prepare(
      `INSERT INTO policies (policy_id, account_id, policy_name, path, description, created_at, updated_at,
       default_version, latest_version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 1, 1)`,
    );
    this.#delete = database.prepare('DELETE FROM policies WHERE policy_id = ?');
    this.#insertVersion = database.prepare(
      'INSERT INTO policy_versions (policy_id, version, account_id, document, created_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#numberVersion = database.prepare(
      'UPDATE policies SET latest_version = latest_version + 1, updated_at = ? WHERE policy_id = ? RETURNING latest_version',
    );
    this.#setDefault = database.prepare('UPDATE policies SET default_version = ?, updated_at = ? WHERE policy_id = ?');
    this.#findVersion = database.prepare('SELECT * FROM policy_versions WHERE policy_id = ? AND version = ?');
    this.#listVersions = database.prepare('SELECT * FROM policy_versions WHERE policy_id = ? ORDER BY version DESC');
    this.#deleteVersion = database.prepare('DELETE FROM policy_versions WHERE policy_id = ? AND version = ?');
  }

  /** Makes a policy with its first version. The caller has made sure that the name is free. */
  create({ accountId, PolicyName, Path, Description, CreateDate, document }: NewPolicy): Policy {
    const PolicyId = drawUniqueId('ANPA', accountId, this.#random);
    const time = CreateDate.getTime();
    transact(this.#database, () => {
      this.#insert.run(PolicyId, accountId, PolicyName, Path, Description ?? null, time);
      this.#insertVersion.run(PolicyId, 1, accountId, document, time);
    });
    const Arn = composeArn(accountId, Path, PolicyName);
    const dates = { CreateDate, UpdateDate: CreateDate };
    return { accountId, PolicyId, PolicyName, Path, Arn, Description, ...dates, defaultVersion: 1 };
  }

  /** The policy of a name, written in any case. */
  find(accountId: string, PolicyName: string): Policy | undefined {
    return this.#rows.find(accountId, PolicyName);
  }

  /** The policy of an ARN, in any account. */
  findByArn(arn: string): Policy | undefined {
    const { accountId, name } =
      /^arn:aws:iam::(?<accountId>\d{12}):policy\/(?:.*\/)?(?<name>[^/]+)$/.exec(arn)?.groups ?? {};
    if (accountId === undefined || name === undefined) return undefined;
    const policy = this.find(accountId, name);
    return policy?.Arn === arn ? policy : undefined;
  }

  list(accountId: string, slice: PathSlice): Policy[] {
    return this.#rows.list(accountId, slice);
  }

  count(accountId: string): number {
    return this.#rows.count(accountId);
  }

  /** Deletes a policy with its versions and tags. The caller has made sure that it is in no use. */
  delete(PolicyId: string): void {
    this.#delete.run(PolicyId);
    this.#permissions.advance();
  }

  /** Adds a version; its number is never given again. */
  addVersion({ PolicyId, accountId }: Policy, document: string, CreateDate: Date): PolicyVersion {
    return transact(this.#database, () => {
      const row = this.#numberVersion.get(CreateDate.getTime(), PolicyId) ?? {};
      const version = readInteger(row, 'latest_version');
      this.#insertVersion.run(PolicyId, version, accountId, document, CreateDate.getTime());
      return { version, document, CreateDate };
    });
  }

  setDefaultVersion(PolicyId: string, version: number, now: Date): void {
    this.#setDefault.run(version, now.getTime(), PolicyId);
    this.#permissions.advance();
  }

  findVersion(PolicyId: string, version: number): PolicyVersion | undefined {
    const row = this.#findVersion.get(PolicyId, version);
    return row === undefined ? undefined : toVersion(row);
  }

  /** The newest first. */
  listVersions(PolicyId: string): PolicyVersion[] {
    return this.#listVersions.all(PolicyId).map(toVersion);
  }

  deleteVersion(PolicyId: string, version: number): void {
    this.#deleteVersion.run(PolicyId, version);
  }
}

function toPolicy(row: Row): Policy {
  const accountId = readText(row, 'account_id');
  const PolicyName = readText(row, 'policy_name');
  const Path = readText(row, 'path');
  return {
    accountId,
    PolicyId: readText(row, 'policy_id'),
    PolicyName,
    Path,
    Arn: composeArn(accountId, Path, PolicyName),
    Description: readOptionalText(row, 'description'),
    CreateDate: readDate(row, 'created_at'),
    UpdateDate: readDate(row, 'updated_at'),
    defaultVersion: readInteger(row, 'default_version'),
  };
}

function toVersion(row: Row): PolicyVersion {
  return {
    version: readInteger(row, 'version'),
    document: readText(row, 'document'),
    CreateDate: readDate(row, 'created_at'),
  };
}

function composeArn(accountId: string, Path: string, PolicyName: string): string {
  return `arn:aws:iam::${accountId}:policy${Path}${PolicyName}`;
}
