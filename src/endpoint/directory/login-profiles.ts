import { scryptSync, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Secret } from '../../secret.ts';
import { readBytes, readDate, readInteger, readText, type Row } from './columns.ts';
import type { RandomBytes } from './identifiers.ts';
import { transact } from './transact.ts';

/** That a user has a password, and since when. */
export interface LoginProfile {
  readonly UserId: string;
  readonly CreateDate: Date;
  readonly PasswordResetRequired: boolean;
  /** When the password was last set. */
  readonly changedAt: Date;
}

export interface NewLoginProfile extends Omit<LoginProfile, 'changedAt'> {
  readonly accountId: string;
  readonly Password: Secret;
}

/** AWS can remember 24 passwords; one of them is the one in force. */
const keptPasswords = 24;
/** As slow as answering one request after another allows: some ten milliseconds. */
const scryptCost = { N: 4_096, r: 8, p: 1 };

/** The passwords of users, as salted hashes, with those they had before. They go with the user. */
export class LoginProfiles {
  readonly #database: DatabaseSync;
  readonly #random: RandomBytes;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #setReset: StatementSync;
  readonly #touch: StatementSync;
  readonly #delete: StatementSync;
  readonly #insertPassword: StatementSync;
  readonly #listPasswords: StatementSync;
  readonly #forgetPasswords: StatementSync;

  constructor(database: DatabaseSync, random: RandomBytes) {
    this.#database = database;
    this.#random = random;
    this.#insert = database.prepare(
      'INSERT INTO login_profiles (user_id, account_id, created_at, changed_at, reset_required) VALUES (?1, ?2, ?3, ?3, ?4)',
    );
    this.#find = database.prepare('SELECT * FROM login_profiles WHERE user_id = ?');
    this.#setReset = database.prepare('UPDATE login_profiles SET reset_required = ? WHERE user_id = ?');
    this.#touch = database.prepare('UPDATE login_profiles SET changed_at = ? WHERE user_id = ?');
    this.#delete = database.prepare('DELETE FROM login_profiles WHERE user_id = ?');
    this.#insertPassword = database.prepare(
      `INSERT INTO passwords (user_id, ordinal, salt, hash)
       SELECT ?1, coalesce(max(ordinal), 0) + 1, ?2, ?3 FROM passwords WHERE user_id = ?1`,
    );
    this.#listPasswords = database.prepare(
      'SELECT salt, hash FROM passwords WHERE user_id = ? ORDER BY ordinal DESC LIMIT ?',
    );
    this.#forgetPasswords = database.prepare(
      `DELETE FROM passwords WHERE user_id = ?1
       AND ordinal <= (SELECT max(ordinal) FROM passwords WHERE user_id = ?1) - ?2`,
    );
  }

  /** Makes a profile. The caller has made sure that there is none. */
  create({ accountId, UserId, Password, PasswordResetRequired, CreateDate }: NewLoginProfile): LoginProfile {
    transact(this.#database, () => {
      this.#insert.run(UserId, accountId, CreateDate.getTime(), PasswordResetRequired ? 1 : 0);
      this.#keep(UserId, Password);
    });
    return { UserId, CreateDate, PasswordResetRequired, changedAt: CreateDate };
  }

  find(UserId: string): LoginProfile | undefined {
    const row = this.#find.get(UserId);
    return row === undefined ? undefined : toLoginProfile(row);
  }

  setResetRequired(UserId: string, PasswordResetRequired: boolean): void {
    this.#setReset.run(PasswordResetRequired ? 1 : 0, UserId);
  }

  setPassword(UserId: string, Password: Secret, now: Date): void {
    transact(this.#database, () => {
      this.#touch.run(now.getTime(), UserId);
      this.#keep(UserId, Password);
      this.#forgetPasswords.run(UserId, keptPasswords);
    });
  }

  /** Whether a password is one of the user's latest: the one in force is the first of them. */
  isAmongLatest(UserId: string, Password: Secret, count: number): boolean {
    return this.#listPasswords
      .all(UserId, count)
      .some((row) => timingSafeEqual(readBytes(row, 'hash'), hashPassword(Password, readBytes(row, 'salt'))));
  }

  delete(UserId: string): void {
    this.#delete.run(UserId);
  }

  #keep(UserId: string, Password: Secret): void {
    const salt = this.#random(16);
    this.#insertPassword.run(UserId, salt, hashPassword(Password, salt));
  }
}

function hashPassword(Password: Secret, salt: Uint8Array): Buffer {
  return scryptSync(Password.reveal(), salt, 32, scryptCost);
}

function toLoginProfile(row: Row): LoginProfile {
  return {
    UserId: readText(row, 'user_id'),
    CreateDate: readDate(row, 'created_at'),
    PasswordResetRequired: readInteger(row, 'reset_required') === 1,
    changedAt: readDate(row, 'changed_at'),
  };
}
