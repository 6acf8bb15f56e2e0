import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readDate, readOptionalText, readText, type Row } from './columns.ts';
import { drawUniqueId, type RandomBytes } from './identifiers.ts';
import { NamedRows } from './named-rows.ts';
import type { PathSlice } from './records.ts';

/** What hands a role to an EC2 instance. */
export interface InstanceProfile {
  readonly accountId: string;
  readonly InstanceProfileId: string;
  readonly InstanceProfileName: string;
  readonly Path: string;
  readonly Arn: string;
  readonly CreateDate: Date;
  /** Of the one role it may have. */
  readonly roleId: string | undefined;
}

export type NewInstanceProfile = Pick<InstanceProfile, 'accountId' | 'InstanceProfileName' | 'Path' | 'CreateDate'>;

/** The instance profiles of all accounts. A role in one cannot be deleted. */
export class InstanceProfiles {
  readonly #random: RandomBytes;
  readonly #rows: NamedRows<InstanceProfile>;
  readonly #insert: StatementSync;
  readonly #listOfRole: StatementSync;
  readonly #setRole: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync, random: RandomBytes) {
    this.#random = random;
    this.#rows = new NamedRows(database, 'instance_profiles', 'profile', toInstanceProfile);
    this.#insert = database.prepare(
      'INSERT INTO instance_profiles (profile_id, account_id, profile_name, path, created_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#listOfRole = database.prepare('SELECT * FROM instance_profiles WHERE role_id = ? ORDER BY profile_name');
    this.#setRole = database.prepare('UPDATE instance_profiles SET role_id = ? WHERE profile_id = ?');
    this.#delete = database.prepare('DELETE FROM instance_profiles WHERE profile_id = ?');
  }

  /** Makes a profile without a role. The caller has made sure that the name is free. */
  create(profile: NewInstanceProfile): InstanceProfile {
    const { accountId, InstanceProfileName, Path, CreateDate } = profile;
    const InstanceProfileId = drawUniqueId('AIPA', accountId, this.#random);
    this.#insert.run(InstanceProfileId, accountId, InstanceProfileName, Path, CreateDate.getTime());
    const Arn = composeArn(accountId, Path, InstanceProfileName);
    return { ...profile, InstanceProfileId, Arn, roleId: undefined };
  }

  /** The profile of a name, written in any case. */
  find(accountId: string, InstanceProfileName: string): InstanceProfile | undefined {
    return this.#rows.find(accountId, InstanceProfileName);
  }

  list(accountId: string, slice: PathSlice): InstanceProfile[] {
    return this.#rows.list(accountId, slice);
  }

  /** The profiles that a role is in, in the order of their names. */
  listOfRole(roleId: string): InstanceProfile[] {
    return this.#listOfRole.all(roleId).map(toInstanceProfile);
  }

  count(accountId: string): number {
    return this.#rows.count(accountId);
  }

  /** @param roleId of the role it shall have; undefined: none */
  setRole(InstanceProfileId: string, roleId: string | undefined): void {
    this.#setRole.run(roleId ?? null, InstanceProfileId);
  }

  /** Deletes a profile with its tags. The caller has made sure that it has no role. */
  delete(InstanceProfileId: string): void {
    this.#delete.run(InstanceProfileId);
  }
}

function toInstanceProfile(row: Row): InstanceProfile {
  const accountId = readText(row, 'account_id');
  const InstanceProfileName = readText(row, 'profile_name');
  const Path = readText(row, 'path');
  return {
    accountId,
    InstanceProfileId: readText(row, 'profile_id'),
    InstanceProfileName,
    Path,
    Arn: composeArn(accountId, Path, InstanceProfileName),
    CreateDate: readDate(row, 'created_at'),
    roleId: readOptionalText(row, 'role_id'),
  };
}

function composeArn(accountId: string, Path: string, InstanceProfileName: string): string {
  return `arn:aws:iam::${accountId}:instance-profile${Path}${InstanceProfileName}`;
}
