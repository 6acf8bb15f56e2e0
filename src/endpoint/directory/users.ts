import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readDate, readInteger, readText, type Row } from './columns.ts';
import { drawUniqueId, type RandomBytes } from './identifiers.ts';
import { RecentRecords } from './recent-records.ts';
import type { Slice, User } from './records.ts';

export interface NewUser {
  readonly accountId: string;
  readonly UserName: string;
  readonly Path: string;
  readonly CreateDate: Date;
  readonly administrator?: boolean;
  /** Drawn when absent. */
  readonly UserId?: string;
}

/** The users of all accounts. Names are unique in an account, and found, without regard to case. */
export class Users {
  readonly #random: RandomBytes;
  readonly #recentById: RecentRecords<User>;
  readonly #recentByName: RecentRecords<User>;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #findById: StatementSync;
  readonly #listAll: StatementSync;
  readonly #listUnderPath: StatementSync;
  readonly #update: StatementSync;
  readonly #delete: StatementSync;
  readonly #count: StatementSync;

  constructor(database: DatabaseSync, random: RandomBytes) {
    this.#random = random;
    this.#recentById = new RecentRecords(database);
    this.#recentByName = new RecentRecords(database);
    this.#insert = database.prepare(
      'INSERT INTO users (user_id, account_id, user_name, path, created_at, administrator) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#find = database.prepare('SELECT * FROM users WHERE account_id = ? AND user_name = ?');
    this.#findById = database.prepare('SELECT * FROM users WHERE user_id = ?');
    this.#listAll = database.prepare(
      'SELECT * FROM users WHERE account_id = ? AND user_name > ? ORDER BY user_name LIMIT ?',
    );
    // the + keeps SQLite from walking the whole account by name: only the users under the path are read, then sorted
    this.#listUnderPath = database.prepare(
      'SELECT * FROM users WHERE account_id = ? AND path >= ? AND path < ? AND +user_name > ? ORDER BY +user_name LIMIT ?',
    );
    this.#update = database.prepare('UPDATE users SET user_name = ?, path = ? WHERE user_id = ?');
    this.#delete = database.prepare('DELETE FROM users WHERE user_id = ?');
    this.#count = database.prepare('SELECT user_count FROM accounts WHERE account_id = ?');
  }

  /** Makes a user. The caller has made sure that the name is free ({@link find}): a taken one throws SQLite's error. */
  create(user: NewUser): User {
    const { accountId, UserName, Path, CreateDate, administrator = false } = user;
    const UserId = user.UserId ?? drawUniqueId('AIDA', accountId, this.#random);
    this.#insert.run(UserId, accountId, UserName, Path, CreateDate.getTime(), administrator ? 1 : 0);
    return { accountId, UserId, UserName, Path, Arn: composeArn(accountId, Path, UserName), CreateDate, administrator };
  }

  /** The user of a name, written in any case. */
  find(accountId: string, UserName: string): User | undefined {
    const name = `${accountId}/${UserName}`;
    return this.#recentByName.find(name, () => readUser(this.#find.get(accountId, UserName)));
  }

  findById(UserId: string): User | undefined {
    return this.#recentById.find(UserId, () => readUser(this.#findById.get(UserId)));
  }

  /**
   * Users in the order of their names, case ignored; `after` is the UserName last seen.
   *
   * @param slice.PathPrefix only users whose path begins so; `/`, which is every user, when absent
   */
  list(accountId: string, slice: Slice & { readonly PathPrefix?: string | undefined }): User[] {
    const { PathPrefix = '/', after = '', limit } = slice;
    const rows =
      PathPrefix === '/'
        ? this.#listAll.all(accountId, after, limit)
        : this.#listUnderPath.all(accountId, PathPrefix, endOfPrefix(PathPrefix), after, limit);
    return rows.map(toUser);
  }

  /** Sets a new name, path or both. Keys, tags and sessions stay: they hang on the UserId. */
  update(UserId: string, change: { readonly UserName?: string | undefined; readonly Path?: string | undefined }): void {
    const user = this.findById(UserId);
    if (user !== undefined) this.#update.run(change.UserName ?? user.UserName, change.Path ?? user.Path, UserId);
    this.forget();
  }

  /** Deletes a user with its tags and sessions. The caller has made sure that it has no access keys. */
  delete(UserId: string): void {
    this.#delete.run(UserId);
    this.forget();
  }

  /** Forgets what was read: all of it, as a name is kept in every spelling it was asked for in. */
  forget(): void {
    this.#recentById.clear();
    this.#recentByName.clear();
  }

  /** How many users an account has; kept by the database, not counted. */
  count(accountId: string): number {
    const row = this.#count.get(accountId);
    return row === undefined ? 0 : readInteger(row, 'user_count');
  }
}

function readUser(row: Row | undefined): User | undefined {
  return row === undefined ? undefined : toUser(row);
}

function toUser(row: Row): User {
  const accountId = readText(row, 'account_id');
  const UserName = readText(row, 'user_name');
  const Path = readText(row, 'path');
  return {
    accountId,
    UserId: readText(row, 'user_id'),
    UserName,
    Path,
    Arn: composeArn(accountId, Path, UserName),
    CreateDate: readDate(row, 'created_at'),
    administrator: readInteger(row, 'administrator') === 1,
  };
}

function composeArn(accountId: string, Path: string, UserName: string): string {
  return `arn:aws:iam::${accountId}:user${Path}${UserName}`;
}

/** The first text after all those that begin with the prefix: its last character one higher. Paths are ASCII. */
function endOfPrefix(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}
