import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readInteger, readText, type Row } from './columns.ts';
import type { Revision } from './revision.ts';

/** What passwords of an account's users must be, where the account says more than AWS does for all. */
export interface PasswordPolicy {
  readonly MinimumPasswordLength: number;
  readonly RequireSymbols: boolean;
  readonly RequireNumbers: boolean;
  readonly RequireUppercaseCharacters: boolean;
  readonly RequireLowercaseCharacters: boolean;
  readonly AllowUsersToChangePassword: boolean;
  /** Days; absent: passwords do not expire. */
  readonly MaxPasswordAge: number | undefined;
  readonly PasswordReusePrevention: number | undefined;
  readonly HardExpiry: boolean | undefined;
}

/** What accounts have once each: an alias, a password policy. */
export class AccountSettings {
  readonly #findAlias: StatementSync;
  readonly #findAliasOwner: StatementSync;
  readonly #setAlias: StatementSync;
  readonly #deleteAlias: StatementSync;
  readonly #findPolicy: StatementSync;
  readonly #setPolicy: StatementSync;
  readonly #deletePolicy: StatementSync;
  readonly #permissions: Revision;

  constructor(database: DatabaseSync, permissions: Revision) {
    this.#permissions = permissions;
    this.#findAlias = database.prepare('SELECT alias FROM account_aliases WHERE account_id = ?');
    this.#findAliasOwner = database.prepare('SELECT account_id FROM account_aliases WHERE alias = ?');
    this.#setAlias = database.prepare(
      'INSERT INTO account_aliases (account_id, alias) VALUES (?, ?) ON CONFLICT (account_id) DO UPDATE SET alias = excluded.alias',
    );
    this.#deleteAlias = database.prepare('DELETE FROM account_aliases WHERE account_id = ?');
    this.#findPolicy = database.prepare('SELECT * FROM password_policies WHERE account_id = ?');
    this.#setPolicy = database.prepare(
      `INSERT OR REPLACE INTO password_policies (account_id, minimum_length, symbols, numbers, uppercase, lowercase,
       users_may_change, maximum_age, reuse_prevention, hard_expiry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#deletePolicy = database.prepare('DELETE FROM password_policies WHERE account_id = ?');
  }

  findAlias(accountId: string): string | undefined {
    const row = this.#findAlias.get(accountId);
    return row === undefined ? undefined : readText(row, 'alias');
  }

  /** Whether any account of the directory has the alias: aliases are unique beyond the account. */
  isAliasTaken(alias: string): boolean {
    return this.#findAliasOwner.get(alias) !== undefined;
  }

  /** Sets an alias in place of the one the account may have. The caller has made sure that it is free. */
  setAlias(accountId: string, alias: string): void {
    this.#setAlias.run(accountId, alias);
  }

  deleteAlias(accountId: string): void {
    this.#deleteAlias.run(accountId);
  }

  findPasswordPolicy(accountId: string): PasswordPolicy | undefined {
    const row = this.#findPolicy.get(accountId);
    return row === undefined ? undefined : toPasswordPolicy(row);
  }

  setPasswordPolicy(accountId: string, policy: PasswordPolicy): void {
    this.#setPolicy.run(
      accountId,
      policy.MinimumPasswordLength,
      Number(policy.RequireSymbols),
      Number(policy.RequireNumbers),
      Number(policy.RequireUppercaseCharacters),
      Number(policy.RequireLowercaseCharacters),
      Number(policy.AllowUsersToChangePassword),
      policy.MaxPasswordAge ?? null,
      policy.PasswordReusePrevention ?? null,
      policy.HardExpiry === undefined ? null : Number(policy.HardExpiry),
    );
    this.#permissions.advance();
  }

  /** False where the account had none. */
  deletePasswordPolicy(accountId: string): boolean {
    this.#permissions.advance();
    return this.#deletePolicy.run(accountId).changes > 0;
  }
}

function toPasswordPolicy(row: Row): PasswordPolicy {
  const readFlag = (column: string) => readInteger(row, column) === 1;
  const readOptional = (column: string) => (row[column] === null ? undefined : readInteger(row, column));
  const hardExpiry = readOptional('hard_expiry');
  return {
    MinimumPasswordLength: readInteger(row, 'minimum_length'),
    RequireSymbols: readFlag('symbols'),
    RequireNumbers: readFlag('numbers'),
    RequireUppercaseCharacters: readFlag('uppercase'),
    RequireLowercaseCharacters: readFlag('lowercase'),
    AllowUsersToChangePassword: readFlag('users_may_change'),
    MaxPasswordAge: readOptional('maximum_age'),
    PasswordReusePrevention: readOptional('reuse_prevention'),
    HardExpiry: hardExpiry === undefined ? undefined : hardExpiry === 1,
  };
}
