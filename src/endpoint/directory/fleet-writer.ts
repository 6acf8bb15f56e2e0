import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FleetKey, FleetRole, FleetUser } from './fleet.ts';
import { pageCache } from './open.ts';
import { drawAccessKeyId, drawSecretAccessKey, drawUniqueId, type RandomBytes } from './identifiers.ts';

/** KiB. */
const widePageCache = 65_536;

/**
 * Writes users, keys and roles as they are, one statement a row and nothing looked up: quotas, names that are taken and
 * last uses before the creation are the caller's business. In a transaction it takes some microseconds a row.
 */
export class FleetWriter {
  readonly #database: DatabaseSync;
  readonly #random: RandomBytes;
  readonly #insertUser: StatementSync;
  readonly #insertKey: StatementSync;
  readonly #insertRole: StatementSync;
  readonly #insertTag: StatementSync;
  readonly #insertAttached: StatementSync;
  readonly #insertInline: StatementSync;
  readonly #insertProfile: StatementSync;
  readonly #insertAlias: StatementSync;

  constructor(database: DatabaseSync, random: RandomBytes) {
    this.#database = database;
    this.#random = random;
    this.#insertUser = database.prepare(
      'INSERT INTO users (user_id, account_id, user_name, path, created_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#insertKey = database.prepare(
      `INSERT INTO access_keys (access_key_id, account_id, owner_id, secret_access_key, status, created_at, last_used_at,
       last_used_region, last_used_service) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertRole = database.prepare(
      `INSERT INTO roles (role_id, account_id, role_name, path, created_at, trust_policy, max_session_duration)
       VALUES (?, ?, ?, ?, ?, ?, 3600)`,
    );
    this.#insertTag = database.prepare(
      'INSERT INTO tags (owner_id, folded_key, tag_key, tag_value, account_id) VALUES (?, ?, ?, ?, ?)',
    );
    this.#insertAttached = database.prepare(
      'INSERT INTO attached_policies (owner_id, policy_arn, account_id) VALUES (?, ?, ?)',
    );
    this.#insertInline = database.prepare(
      'INSERT INTO inline_policies (owner_id, policy_name, account_id, document) VALUES (?, ?, ?, ?)',
    );
    this.#insertProfile = database.prepare(
      'INSERT INTO login_profiles (user_id, account_id, created_at, changed_at, reset_required) VALUES (?, ?, ?, ?, 0)',
    );
    this.#insertAlias = database.prepare('INSERT INTO account_aliases (account_id, alias) VALUES (?, ?)');
  }

  /** Runs many writes with room in memory for the pages they touch, which more than halves their time. */
  work<T>(write: () => T): T {
    this.#database.exec(`PRAGMA cache_size = -${widePageCache}`);
    try {
      return write();
    } finally {
      this.#database.exec(`PRAGMA cache_size = -${pageCache}`);
    }
  }

  addAlias(accountId: string, alias: string): void {
    this.#insertAlias.run(accountId, alias);
  }

  addUser(accountId: string, user: FleetUser): void {
    const { UserName, Path, CreateDate, password, accessKeys } = user;
    const UserId = drawUniqueId('AIDA', accountId, this.#random);
    this.#insertUser.run(UserId, accountId, UserName, Path, CreateDate.getTime());
    this.#addWhatPrincipalsHave(accountId, UserId, user);
    if (password !== undefined) {
      this.#insertProfile.run(UserId, accountId, password.CreateDate.getTime(), password.changedAt.getTime());
    }
    for (const key of accessKeys) this.addKey(accountId, UserId, key);
  }

  addRole(accountId: string, role: FleetRole): void {
    const RoleId = drawUniqueId('AROA', accountId, this.#random);
    this.#insertRole.run(RoleId, accountId, role.RoleName, role.Path, role.CreateDate.getTime(), role.trustPolicy);
    this.#addWhatPrincipalsHave(accountId, RoleId, role);
  }

  /** @param ownerId a UserId, or the account id for a key of the root user */
  addKey(accountId: string, ownerId: string, { Status, CreateDate, lastUse, ...key }: FleetKey): void {
    this.#insertKey.run(
      key.AccessKeyId ?? drawAccessKeyId('AKIA', accountId, this.#random),
      accountId,
      ownerId,
      key.SecretAccessKey ?? drawSecretAccessKey(this.#random),
      Status,
      CreateDate.getTime(),
      lastUse?.LastUsedDate.getTime() ?? null,
      lastUse?.Region ?? null,
      lastUse?.ServiceName ?? null,
    );
  }

  /** The keys of tags of users and roles are folded as the directory's other writers fold them. */
  #addWhatPrincipalsHave(accountId: string, ownerId: string, principal: FleetUser | FleetRole): void {
    const { tags, attachedPolicies, inlinePolicies } = principal;
    for (const { Key, Value } of tags) this.#insertTag.run(ownerId, Key.toLowerCase(), Key, Value, accountId);
    for (const policyArn of attachedPolicies) this.#insertAttached.run(ownerId, policyArn, accountId);
    for (const { PolicyName, document } of inlinePolicies) {
      this.#insertInline.run(ownerId, PolicyName, accountId, document);
    }
  }
}
