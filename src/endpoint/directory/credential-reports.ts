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
  /** In the order of their ids. */
  readonly certificates: readonly ReportCertificate[];
}

export interface ReportKey {
  readonly active: boolean;
  readonly CreateDate: Date;
  readonly lastUse: LastUse | undefined;
}

export interface ReportCertificate {
  readonly active: boolean;
  readonly UploadDate: Date;
}

export interface StoredReport {
  readonly requestedAt: Date;
  /** Bytes; 0 while it is being made. */
  readonly length: number;
}

/** Has work done later, when others have had their turn. */
export type Schedule = (work: () => void) => void;

/** A report that is being made. */
interface Making {
  readonly parts: Iterator<Uint8Array>;
  ordinal: number;
  length: number;
}

/** Users read, and parts written, before others have their turn. */
const usersAtATime = 250;
const partsAtATime = 2;

/** Names are of ASCII. As a bound, where no bound at all would have each page read to the account's end. */
const behindEveryName = '\u{10FFFF}';

/**
 * The credential report of each account, and what one is made of. Reports are long, so they are made, kept and read in
 * parts. One that was being made when the process ended is not there.
 */
export class CredentialReports {
  readonly #database: DatabaseSync;
  readonly #schedule: Schedule;
  readonly #making = new Map<string, Making>();
  readonly #pageEnd: StatementSync;
  readonly #subjects: StatementSync;
  readonly #root: StatementSync;
  readonly #rootKeys: StatementSync;
  readonly #rootCertificates: StatementSync;
  readonly #certificates: StatementSync;
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #measure: StatementSync;
  readonly #delete: StatementSync;
  readonly #insertPart: StatementSync;
  readonly #part: StatementSync;

  constructor(database: DatabaseSync, schedule: Schedule) {
    this.#database = database;
    this.#schedule = schedule;
    this.#pageEnd = database.prepare(
      'SELECT user_name FROM users WHERE account_id = ? AND user_name > ? ORDER BY user_name LIMIT 1 OFFSET ?',
    );
    this.#subjects = database.prepare(
      `SELECT users.user_id, user_name, path, users.created_at AS user_created_at, changed_at,
         EXISTS (SELECT 1 FROM mfa_devices WHERE mfa_devices.user_id = users.user_id) AS mfa,
         access_key_id, status, access_keys.created_at, last_used_at, last_used_region, last_used_service
       FROM users
         LEFT JOIN login_profiles ON login_profiles.user_id = users.user_id
         LEFT JOIN access_keys ON owner_id = users.user_id
       WHERE users.account_id = ? AND user_name > ? AND user_name <= ? ORDER BY user_name`,
    );
    this.#root = database.prepare(
      `SELECT root_password_at, EXISTS (SELECT 1 FROM mfa_devices WHERE account_id = ?1 AND of_root) AS mfa
       FROM accounts WHERE account_id = ?1`,
    );
    this.#rootKeys = database.prepare('SELECT * FROM access_keys WHERE owner_id = ?');
    this.#rootCertificates = database.prepare(
      'SELECT * FROM signing_certificates WHERE owner_id = ? ORDER BY certificate_id',
    );
    this.#certificates = database.prepare(
      `SELECT signing_certificates.* FROM users CROSS JOIN signing_certificates ON owner_id = user_id
       WHERE users.account_id = ? AND user_name > ? AND user_name <= ? ORDER BY certificate_id`,
    );
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

  /**
   * The root user, then the users in the order of their names, case ignored; read a page at a time, each as it is then.
   * Last uses must have been flushed.
   */
  *subjects(accountId: string, born: Date): Generator<ReportSubject> {
    yield this.#readRoot(accountId, born);
    let after: string | undefined = '';
    while (after !== undefined) {
      const end = this.#findPageEnd(accountId, after);
      const page = [accountId, after, end ?? behindEveryName] as const;
      const certificates = Map.groupBy(this.#certificates.all(...page), (row) => row.owner_id);
      for (const [id, rows] of Map.groupBy(this.#subjects.all(...page), (row) => row.user_id)) {
        yield toSubject(rows, certificates.get(id) ?? []);
      }
      after = end;
    }
  }

  #readRoot(accountId: string, CreateDate: Date): ReportSubject {
    const { root_password_at: changedAt = null, mfa } = this.#root.get(accountId) ?? {};
    return {
      ownerId: accountId,
      CreateDate,
      passwordChangedAt: changedAt === null ? undefined : new Date(Number(changedAt)),
      mfa: mfa === 1,
      keys: toKeys(this.#rootKeys.all(accountId)),
      certificates: this.#rootCertificates.all(accountId).map(toCertificate),
    };
  }

  /** The name of the last user of the page that begins after a name; undefined for the last page. */
  #findPageEnd(accountId: string, after: string): string | undefined {
    const row = this.#pageEnd.get(accountId, after, usersAtATime - 1);
    return row && readText(row, 'user_name');
  }

  find(accountId: string): StoredReport | undefined {
    const row = this.#find.get(accountId);
    if (row === undefined || (readInteger(row, 'length') === 0 && !this.#making.has(accountId))) return undefined;
    return { requestedAt: readDate(row, 'requested_at'), length: readInteger(row, 'length') };
  }

  /** Makes a report in place of the one before: the first parts at once, the others as they are scheduled. */
  make(accountId: string, requestedAt: Date, parts: Iterable<Uint8Array>): void {
    transact(this.#database, () => {
      this.#delete.run(accountId);
      this.#insert.run(accountId, requestedAt.getTime());
    });
    const making = { parts: parts[Symbol.iterator](), ordinal: 0, length: 0 };
    this.#making.set(accountId, making);
    this.#proceed(accountId, making);
  }

  /** Makes no report any further, for a directory that is emptied or closed. */
  forget(): void {
    this.#making.clear();
  }

  #proceed(accountId: string, making: Making): void {
    try {
      for (let written = 0; written < partsAtATime && this.#isMaking(accountId, making); written++) {
        this.#write(accountId, making);
      }
    } catch (error) {
      this.#making.delete(accountId);
      throw error;
    }
    if (!this.#isMaking(accountId, making)) return;
    this.#schedule(() => {
      this.#proceed(accountId, making);
    });
  }

  #isMaking(accountId: string, making: Making): boolean {
    return this.#making.get(accountId) === making;
  }

  #write(accountId: string, making: Making): void {
    const next = making.parts.next();
    if (next.done === true) {
      this.#measure.run(making.length, accountId);
      this.#making.delete(accountId);
      return;
    }
    this.#insertPart.run(accountId, making.ordinal++, next.value);
    making.length += next.value.byteLength;
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

/** @param rows one for each of the user's keys, at least one */
function toSubject(rows: readonly Row[], certificates: readonly Row[]): ReportSubject {
  const user = rows[0] ?? {};
  return {
    ownerId: readText(user, 'user_id'),
    UserName: readText(user, 'user_name'),
    Path: readText(user, 'path'),
    CreateDate: readDate(user, 'user_created_at'),
    passwordChangedAt: user.changed_at === null ? undefined : readDate(user, 'changed_at'),
    mfa: readInteger(user, 'mfa') === 1,
    keys: toKeys(rows.filter((row) => row.access_key_id !== null)),
    certificates: certificates.map(toCertificate),
  };
}

function toCertificate(row: Row): ReportCertificate {
  return { active: readText(row, 'status') === 'Active', UploadDate: readDate(row, 'uploaded_at') };
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
