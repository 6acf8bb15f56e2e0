import type { DatabaseSync } from 'node:sqlite';
import { Secret } from '../../secret.ts';
import { AccessKeys } from './access-keys.ts';
import { drawAccessKeyId, drawSecretAccessKey, drawUniqueId, type RandomBytes } from './identifiers.ts';
import { LastUses } from './last-uses.ts';
import { openDatabase } from './open.ts';
import { Origins, type Origin } from './origin.ts';
import { Sessions } from './sessions.ts';
import { transact } from './transact.ts';
import { Users } from './users.ts';
import { UserTags } from './user-tags.ts';

export interface DirectoryOptions {
  /** Where the data is kept; absent: in memory. */
  readonly folder?: string | undefined;
  /** Milliseconds in which only the first use of a key is recorded; 0 records every use. */
  readonly lastUsedGranularity: number;
  readonly random: RandomBytes;
  /** Told of each access key whose status changed or that was deleted. */
  readonly onAccessKeyChange?: (AccessKeyId: string) => void;
}

/** How a directory begins: the account, and its administrator's key where it is given rather than drawn. */
export interface Beginning {
  readonly accountId: string;
  readonly pair?: { readonly AccessKeyId: string; readonly SecretAccessKey: Secret } | undefined;
  readonly now: Date;
}

/**
 * The data behind the endpoint: accounts, users, tags, access keys, last uses, sessions. Every call is synchronous and
 * atomic; it knows nothing of requests, permissions or AWS's refusals.
 */
export class Directory {
  readonly users: Users;
  readonly tags: UserTags;
  readonly accessKeys: AccessKeys;
  readonly lastUses: LastUses;
  readonly sessions: Sessions;
  readonly #database: DatabaseSync;
  readonly #random: RandomBytes;
  readonly #origins: Origins;

  /** @param database open and at the newest schema */
  constructor(database: DatabaseSync, options: Omit<DirectoryOptions, 'folder'>) {
    this.users = new Users(database, options.random);
    this.tags = new UserTags(database);
    this.accessKeys = new AccessKeys(database, options.random, options.onAccessKeyChange);
    this.lastUses = new LastUses(database, options.lastUsedGranularity);
    this.sessions = new Sessions(database, options.random);
    this.#database = database;
    this.#random = options.random;
    this.#origins = new Origins(database);
  }

  /** Runs several writes as one: all of them are kept, or none when `work` throws. A single write needs no transact. */
  transact<T>(work: () => T): T {
    return transact(this.#database, work);
  }

  /** What the first start made; undefined before {@link begin}. */
  origin(): Origin | undefined {
    return this.#origins.find();
  }

  /** The first start: makes the account and its administrator `admin` with one key. */
  begin({ accountId, pair, now }: Beginning): Origin {
    const origin = {
      accountId,
      UserId: drawUniqueId('AIDA', accountId, this.#random),
      AccessKeyId: pair?.AccessKeyId ?? drawAccessKeyId('AKIA', accountId, this.#random),
      SecretAccessKey: pair?.SecretAccessKey ?? new Secret(drawSecretAccessKey(this.#random)),
      CreateDate: now,
    };
    this.transact(() => {
      this.#make(origin);
    });
    return origin;
  }

  /** Back to what the first start made: the same account, administrator and key, and nothing else. */
  reset(): void {
    const origin = this.origin();
    if (origin === undefined) return;
    for (const table of [this.users, this.accessKeys, this.lastUses]) table.forget();
    this.transact(() => {
      for (const table of ['sessions', 'access_keys', 'users', 'accounts', 'bootstrap']) {
        this.#database.exec(`DELETE FROM ${table}`);
      }
      this.#make(origin);
    });
  }

  /** Writes what still waits in memory and lets go of the data folder. */
  close(): void {
    try {
      this.lastUses.flush();
    } finally {
      this.#database.close();
    }
  }

  #make(origin: Origin): void {
    const { accountId, UserId, AccessKeyId, SecretAccessKey, CreateDate } = origin;
    this.#database.prepare('INSERT INTO accounts (account_id) VALUES (?)').run(accountId);
    this.users.create({ accountId, UserId, UserName: 'admin', Path: '/', CreateDate, administrator: true });
    this.accessKeys.create({
      accountId,
      ownerId: UserId,
      CreateDate,
      quota: 1,
      pair: { AccessKeyId, SecretAccessKey },
    });
    this.#origins.write(origin);
  }
}

/**
 * Opens the directory of a data folder, or one in memory.
 *
 * @throws KeyturnError ERR_FILE when the folder cannot be written, is in use, or holds something else or something newer
 */
export function openDirectory({ folder, ...options }: DirectoryOptions): Directory {
  return new Directory(openDatabase(folder), options);
}
