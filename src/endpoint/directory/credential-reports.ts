import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readBytes, readDate, readInteger, readText, type Row } from './columns.ts';
import type { LastUse } from './records.ts';
import { transact } from './transact.ts';

/** What a credential report says of a user, or of an account's root user. */
export interface ReportSubject {
  /** The UserId, or the account id for the root user. */
  readonly ownerId: string;
  /** Absent for the root user. */
  readonly UserName?: string;
  readonly Path?: string;
  readonly CreateDate: Date;
  /** When the password was last set; absent where there is none. */
  readonly passwordChangedAt: Date | undefined;
  readonly mfa: boolean;
  /** In the order of their ids, which is the order of the report's slots. */
  readonly keys: readonly ReportKey[];
}

export interface ReportKey {
  readonly active: boolean;
  readonly CreateDate: Date;
  readonly lastUse: LastUse | undefined;
}

export interface StoredReport {
  readonly requestedAt: Date;
  /** Bytes. */
  readonly length: number;
}

/**
 * The credential report of each account, and what one is made of. Reports are long, so both come in parts: a user at a
 * time, and bytes as they were stored.
 */
export class CredentialReports {
  readonly #database: DatabaseSync;
  readonly #subjects: StatementSync;
  readonly #rootKeys: StatementSync;
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #measure: StatementSync;
  readonly #delete: StatementSync;
  readonly #insertPart: StatementSync;
  readonly #part: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#subjects = database.prepare(
      `SELECT users.user_id, user_name, path, users.created_at AS user_created_at, changed_at,
         EXISTS (SELECT 1 FROM mfa_devices WHERE mfa_devices.user_id = users.user_id) AS mfa,
         access_key_id, status, access_keys.created_at, last_used_at, last_used_region, last_used_service
       FROM users
         LEFT JOIN login_profiles ON login_profiles.user_id = users.user_id
         LEFT JOIN access_keys ON owner_id = users.user_id
       WHERE users.account_id = ? ORDER BY user_name`,
    );
    this.#rootKeys = database.prepare('SELECT * FROM access_keys WHERE owner_id = ?');
    this.#find = database.prepare('SELECT requested_at, length FROM credential_reports WHERE account_id = ?');
    this.#insert = database.prepare(
      'INSERT INTO credential_reports (account_id, requested_at, length) VALUES (?, ?, 0)',
    );
    this.#measure = database.prepare('UPDATE credential_reports SET length = ? WHERE account_id = ?');
    this.#delete = database.prepare('DELETE FROM credential_reports WHERE account_id = ?');
    this.#insertPart = database.prepare(
      'INSERT INTO credential_report_parts (account_id, ordinal, content) VALUES (?, ?, ?)',
    );
    this.#part = database.prepare(
      `SELECT content FROM credential_report_parts NATURAL JOIN credential_reports
       WHERE account_id = ? AND requested_at = ? AND ordinal = ?`,
    );
  }

  /** The root user, then the users in the order of their names, case ignored. Last uses must have been flushed. */
  *subjects(accountId: string, born: Date): Generator<ReportSubject> {
    const keys = toKeys(this.#rootKeys.all(accountId));
    yield { ownerId: accountId, CreateDate: born, passwordChangedAt: undefined, mfa: false, keys };
    let rows: Row[] = [];
    for (const row of this.#subjects.iterate(accountId)) {
      if (rows[0] !== undefined && rows[0].user_id !== row.user_id) {
        yield toSubject(rows[0], rows);
        rows = [];
      }
      rows.push(row);
    }
    if (rows[0] !== undefined) yield toSubject(rows[0], rows);
  }

  find(accountId: string): StoredReport | undefined {
    const row = this.#find.get(accountId);
    if (row === undefined) return undefined;
    return { requestedAt: readDate(row, 'requested_at'), length: readInteger(row, 'length') };
  }

  /** Stores a report in place of the one before. */
  replace(accountId: string, requestedAt: Date, parts: Iterable<Uint8Array>): void {
    transact(this.#database, () => {
      this.#delete.run(accountId);
      this.#insert.run(accountId, requestedAt.getTime());
      let length = 0;
      let ordinal = 0;
      for (const part of parts) {
        this.#insertPart.run(accountId, ordinal++, part);
        length += part.byteLength;
      }
      this.#measure.run(length, accountId);
    });
  }

  /**
   * The stored parts, each read when it is wanted.
   *
   * @throws Error where another report has taken the place of this one meanwhile
   */
  *parts(accountId: string, { requestedAt, length }: StoredReport): Generator<Uint8Array> {
    let done = 0;
    for (let ordinal = 0; done < length; ordinal++) {
      const row = this.#part.get(accountId, requestedAt.getTime(), ordinal);
      if (row === undefined) throw new Error('the credential report was made anew while it was read');
      const part = readBytes(row, 'content');
      done += part.byteLength;
      yield part;
    }
  }
}

function toSubject(user: Row, rows: readonly Row[]): ReportSubject {
  return {
    ownerId: readText(user, 'user_id'),
    UserName: readText(user, 'user_name'),
    Path: readText(user, 'path'),
    CreateDate: readDate(user, 'user_created_at'),
    passwordChangedAt: user.changed_at === null ? undefined : readDate(user, 'changed_at'),
    mfa: readInteger(user, 'mfa') === 1,
    keys: toKeys(rows.filter((row) => row.access_key_id !== null)),
  };
}

function toKeys(rows: readonly Row[]): ReportKey[] {
  return rows
    .map((row) => ({ id: readText(row, 'access_key_id'), key: toKey(row) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ key }) => key);
}

function toKey(row: Row): ReportKey {
  return {
    active: readText(row, 'status') === 'Active',
    CreateDate: readDate(row, 'created_at'),
    lastUse:
      row.last_used_at === null
        ? undefined
        : {
            LastUsedDate: readDate(row, 'last_used_at'),
            Region: readText(row, 'last_used_region'),
            ServiceName: readText(row, 'last_used_service'),
          },
  };
}
