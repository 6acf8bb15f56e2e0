import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Secret } from '../../secret.ts';
import { readDate, readText, type Row } from './columns.ts';
import { drawAccessKeyId, drawSecretAccessKey, type RandomBytes } from './identifiers.ts';
import { Lag, type LaggingRows } from './lag.ts';
import type { LastUses } from './last-uses.ts';
import { RecentRecords } from './recent-records.ts';
import type { AccessKey, AccessKeyStatus, ListedAccessKey } from './records.ts';

export interface NewAccessKey {
  readonly accountId: string;
  /** A UserId, or the account id for a key of the root user. */
  readonly ownerId: string;
  readonly CreateDate: Date;
  /** How many keys an owner may have, Inactive ones included. */
  readonly quota: number;
  /** Drawn when absent. */
  readonly pair?: { readonly AccessKeyId: string; readonly SecretAccessKey: Secret };
}

/** The long-term access keys of all users and root users. */
export class AccessKeys {
  readonly #random: RandomBytes;
  readonly #onChange: (AccessKeyId: string) => void;
  readonly #lastUses: LastUses;
  readonly #lagging: LaggingRows<AccessKey>;
  readonly #recent: RecentRecords<AccessKey>;
  readonly #recentLists: RecentRecords<readonly ListedAccessKey[]>;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #setStatus: StatementSync;
  readonly #delete: StatementSync;

  /** @param onChange told of each key whose status changed or that was deleted */
  constructor(
    database: DatabaseSync,
    random: RandomBytes,
    lastUses: LastUses,
    onChange: (AccessKeyId: string) => void = () => undefined,
    lag = new Lag(),
  ) {
    this.#random = random;
    this.#lastUses = lastUses;
    this.#onChange = onChange;
    this.#lagging = lag.follow();
    this.#recent = new RecentRecords(database);
    this.#recentLists = new RecentRecords(database);
    this.#insert = database.prepare(
      `INSERT INTO access_keys (access_key_id, account_id, owner_id, secret_access_key, status, created_at)
       SELECT ?1, ?2, ?3, ?4, 'Active', ?5 WHERE (SELECT count(*) FROM access_keys WHERE owner_id = ?3) < ?6`,
    );
    this.#find = database.prepare('SELECT * FROM access_keys WHERE access_key_id = ?');
    // Of an index alone (migrations.ts): a secret that is not asked for is not read either.
    this.#list = database.prepare(
      `SELECT owner_id, access_key_id, status, created_at FROM access_keys WHERE owner_id = ?
       ORDER BY created_at, access_key_id`,
    );
    this.#setStatus = database.prepare('UPDATE access_keys SET status = ? WHERE access_key_id = ?');
    this.#delete = database.prepare('DELETE FROM access_keys WHERE access_key_id = ?');
  }

  /**
   * Makes an Active key, unless its owner has `quota` keys already: then undefined. Counting and making are one
   * statement, so no number of concurrent requests gets past the quota.
   */
  create(key: NewAccessKey): AccessKey | undefined {
    const { accountId, ownerId, CreateDate, quota } = key;
    const { AccessKeyId, SecretAccessKey } = key.pair ?? this.#drawPair(accountId);
    const secret = SecretAccessKey.reveal();
    const { changes } = this.#insert.run(AccessKeyId, accountId, ownerId, secret, CreateDate.getTime(), quota);
    this.#recentLists.forget(ownerId);
    if (changes === 0) return undefined;
    this.#lagging.note(AccessKeyId, () => undefined);
    return { accountId, ownerId, AccessKeyId, SecretAccessKey, Status: 'Active', CreateDate };
  }

  find(AccessKeyId: string): AccessKey | undefined {
    return this.#lagging.see(AccessKeyId, this.#findTruly(AccessKeyId));
  }

  /** All keys of an owner, oldest first. */
  list(ownerId: string): readonly ListedAccessKey[] {
    const keys = this.#recentLists.find(ownerId, () => this.#list.all(ownerId).map(toListedAccessKey));
    if (this.#lagging.quiet) return keys;
    const ids = new Set(this.#lagging.ids());
    const others = [...ids].flatMap((AccessKeyId) => {
      const key = this.find(AccessKeyId);
      return key?.ownerId === ownerId ? [key] : [];
    });
    return [...keys.filter(({ AccessKeyId }) => !ids.has(AccessKeyId)), ...others].sort(
      (a, b) => a.CreateDate.getTime() - b.CreateDate.getTime() || (a.AccessKeyId < b.AccessKeyId ? -1 : 1),
    );
  }

  setStatus(AccessKeyId: string, Status: AccessKeyStatus): void {
    this.#change(AccessKeyId, () => this.#setStatus.run(Status, AccessKeyId));
  }

  delete(AccessKeyId: string): void {
    this.#change(AccessKeyId, () => this.#delete.run(AccessKeyId));
  }

  /** Forgets what was read, because the table was changed by other means. */
  forget(): void {
    this.#recent.clear();
    this.#recentLists.clear();
  }

  #change(AccessKeyId: string, write: () => void): void {
    const before = this.#findTruly(AccessKeyId);
    this.#lagging.note(AccessKeyId, () => before);
    write();
    this.#recent.forget(AccessKeyId);
    if (before !== undefined) this.#recentLists.forget(before.ownerId);
    this.#onChange(AccessKeyId);
  }

  #findTruly(AccessKeyId: string): AccessKey | undefined {
    return this.#recent.find(AccessKeyId, () => {
      const row = this.#find.get(AccessKeyId);
      if (row === undefined) return undefined;
      this.#lastUses.learn(AccessKeyId, row);
      return toAccessKey(row);
    });
  }

  /** An account has 2^39 ids, so at a million keys a drawn one is taken now and then. */
  #drawPair(accountId: string): { AccessKeyId: string; SecretAccessKey: Secret } {
    let AccessKeyId = drawAccessKeyId('AKIA', accountId, this.#random);
    while (this.#find.get(AccessKeyId) !== undefined) AccessKeyId = drawAccessKeyId('AKIA', accountId, this.#random);
    return { AccessKeyId, SecretAccessKey: new Secret(drawSecretAccessKey(this.#random)) };
  }
}

function toAccessKey(row: Row): AccessKey {
  return {
    accountId: readText(row, 'account_id'),
    ...toListedAccessKey(row),
    SecretAccessKey: new Secret(readText(row, 'secret_access_key')),
  };
}

function toListedAccessKey(row: Row): ListedAccessKey {
  return {
    ownerId: readText(row, 'owner_id'),
    AccessKeyId: readText(row, 'access_key_id'),
    Status: readText(row, 'status') === 'Active' ? 'Active' : 'Inactive',
    CreateDate: readDate(row, 'created_at'),
  };
}
