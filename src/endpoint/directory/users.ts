import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readDate, readInteger, readOptionalText, readText, type Row } from './columns.ts';
import { drawUniqueId, type RandomBytes } from './identifiers.ts';
import { Lag, type LaggingRows } from './lag.ts';
import { RecentRecords } from './recent-records.ts';
import type { PathSlice, User } from './records.ts';
import type { Revision } from './revision.ts';

export interface NewUser {
  readonly accountId: string;
  readonly UserName: string;
  readonly Path: string;
  readonly CreateDate: Date;
  /** The ARN of the managed policy that bounds its permissions. */
  readonly boundaryArn?: string | undefined;
  /** Drawn when absent. */
  readonly UserId?: string;
}

/** The users of all accounts. Names are unique in an account, and found, without regard to case. */
export class Users {
  readonly #random: RandomBytes;
  readonly #permissions: Revision;
  readonly #lagging: LaggingRows<User>;
  readonly #recentById: RecentRecords<User>;
  readonly #recentByName: RecentRecords<User>;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #findById: StatementSync;
  readonly #listAll: StatementSync;
  readonly #listUnderPath: StatementSync;
  readonly #update: StatementSync;
  readonly #setBoundary: StatementSync;
  readonly #listBounded: StatementSync;
  readonly #delete: StatementSync;
  readonly #count: StatementSync;

  constructor(database: DatabaseSync, random: RandomBytes, permissions: Revision, lag = new Lag()) {
    this.#random = random;
    this.#permissions = permissions;
    this.#lagging = lag.follow();
    this.#recentById = new RecentRecords(database);
    this.#recentByName = new RecentRecords(database);
    this.#insert = database.prepare(
      'INSERT INTO users (user_id, account_id, user_name, path, created_at, boundary_arn) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#find = database.prepare('SELECT * FROM users WHERE account_id = ? AND user_name = ?');
    this.#findById = database.prepare('SELECT * FROM users WHERE user_id = ?');
    this.#listAll = database.prepare(
      'SELECT * FROM users WHERE account_id = ? AND user_name > ? ORDER BY user_name LIMIT ?',
    );
    // The + keeps SQLite from walking the whole account by name: of the users under the path the index alone is read and
    // sorted, and then the page in full.
    this.#listUnderPath = database.prepare(
      `SELECT * FROM users WHERE account_id = ?1 AND user_name IN (
         SELECT user_name FROM users WHERE account_id = ?1 AND path >= ?2 AND path < ?3 AND +user_name > ?4
         ORDER BY +user_name LIMIT ?5
       ) ORDER BY user_name`,
    );
    this.#update = database.prepare('UPDATE users SET user_name = ?, path = ? WHERE user_id = ?');
    this.#setBoundary = database.prepare('UPDATE users SET boundary_arn = ? WHERE user_id = ?');
    this.#listBounded = database.prepare(
      'SELECT * FROM users WHERE account_id = ? AND boundary_arn = ? AND boundary_arn IS NOT NULL ORDER BY user_name',
    );
    this.#delete = database.prepare('DELETE FROM users WHERE user_id = ?');
    this.#count = database.prepare('SELECT user_count FROM accounts WHERE account_id = ?');
  }

  /** Makes a user. The caller has made sure that the name is free ({@link find}): a taken one throws SQLite's error. */
  create(user: NewUser): User {
    const { accountId, UserName, Path, CreateDate, boundaryArn } = user;
    const UserId = user.UserId ?? drawUniqueId('AIDA', accountId, this.#random);
    this.#lagging.note(UserId, () => undefined);
    this.#insert.run(UserId, accountId, UserName, Path, CreateDate.getTime(), boundaryArn ?? null);
    return { accountId, UserId, UserName, Path, Arn: composeArn(accountId, Path, UserName), CreateDate, boundaryArn };
  }

  /** The user of a name, written in any case. */
  find(accountId: string, UserName: string): User | undefined {
    const name = `${accountId}/${UserName}`;
    const user = this.#recentByName.find(name, () => readUser(this.#find.get(accountId, UserName)));
    if (this.#lagging.quiet) return user;
    const folded = UserName.toLowerCase();
    const isMeant = (seen: User | undefined) =>
      seen?.accountId === accountId && seen.UserName.toLowerCase() === folded ? seen : undefined;
    return isMeant(user && this.#lagging.see(user.UserId, user)) ?? this.#seeLagging().find(isMeant);
  }

  findById(UserId: string): User | undefined {
    return this.#lagging.see(UserId, this.#findTruly(UserId));
  }

  /**
   * Users in the order of their names, case ignored; `after` is the UserName last seen.
   *
   * @param slice.PathPrefix only users whose path begins so; `/`, which is every user, when absent
   */
  list(accountId: string, slice: PathSlice): User[] {
    if (this.#lagging.quiet) return this.#listTruly(accountId, slice);
    const { PathPrefix = '/', after = '', limit } = slice;
    const ids = new Set(this.#lagging.ids());
    const known = this.#listTruly(accountId, { ...slice, limit: limit + ids.size });
    const others = this.#seeLagging().filter(
      (user) =>
        user.accountId === accountId && user.Path.startsWith(PathPrefix) && compareNames(user.UserName, after) > 0,
    );
    return [...known.filter(({ UserId }) => !ids.has(UserId)), ...others]
      .sort((a, b) => compareNames(a.UserName, b.UserName))
      .slice(0, limit);
  }

  /** Sets a new name, path or both. Keys, tags and sessions stay: they hang on the UserId. */
  update(UserId: string, change: { readonly UserName?: string | undefined; readonly Path?: string | undefined }): void {
    const user = this.#findTruly(UserId);
    this.#lagging.note(UserId, () => user);
    if (user !== undefined) this.#update.run(change.UserName ?? user.UserName, change.Path ?? user.Path, UserId);
    this.forget();
  }

  /** @param arn of the policy that bounds the user; undefined: none does */
  setBoundary(UserId: string, arn: string | undefined): void {
    this.#setBoundary.run(arn ?? null, UserId);
    this.#permissions.advance();
    this.forget();
  }

  /** The users that a policy bounds. */
  listBounded(accountId: string, policyArn: string): User[] {
    return this.#listBounded.all(accountId, policyArn).map(toUser);
  }

  /** Deletes a user with its tags and sessions. The caller has made sure that nothing else hangs on it. */
  delete(UserId: string): void {
    this.#lagging.note(UserId, () => this.#findTruly(UserId));
    this.#delete.run(UserId);
    this.#permissions.advance();
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

  #findTruly(UserId: string): User | undefined {
    return this.#recentById.find(UserId, () => readUser(this.#findById.get(UserId)));
  }

  #listTruly(accountId: string, { PathPrefix = '/', after = '', limit }: PathSlice): User[] {
    const rows =
      PathPrefix === '/'
        ? this.#listAll.all(accountId, after, limit)
        : this.#listUnderPath.all(accountId, PathPrefix, endOfPrefix(PathPrefix), after, limit);
    return rows.map(toUser);
  }

  /** The users that a replica may see differently, as it sees them. */
  #seeLagging(): User[] {
    return this.#lagging
      .ids()
      .map((UserId) => this.#lagging.see(UserId, this.#findTruly(UserId)))
      .filter((user) => user !== undefined);
  }
}

/** As SQLite's NOCASE orders them: names are ASCII. */
function compareNames(a: string, b: string): number {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return one < other ? -1 : one > other ? 1 : 0;
}

function readUser(row: Row | undefined): User | undefined {
  return row === undefined ? undefined : toUser(row);
}

/** A user out of a row with all columns of `users`. */
export function toUser(row: Row): User {
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
    boundaryArn: readOptionalText(row, 'boundary_arn'),
  };
}

function composeArn(accountId: string, Path: string, UserName: string): string {
  return `arn:aws:iam::${accountId}:user${Path}${UserName}`;
}

/** The first text after all those that begin with the prefix: its last character one higher. Paths are ASCII. */
function endOfPrefix(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}
