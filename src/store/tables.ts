/** The rows of our tables, as migrations.ts makes them. Times are whole milliseconds since 1970 in UTC. */

export interface Tables {
  readonly keyturn_schema: { readonly version: number };
  readonly keyturn_records: RecordRow;
  readonly keyturn_entries: EntryRow;
  readonly keyturn_leases: LeaseRow;
  readonly keyturn_scans: ScanRow;
  readonly keyturn_accounts: AccountRow;
  readonly keyturn_users: UserRow;
  readonly keyturn_spool: SpoolRow;
}

/** One rotation or fleet action: what its entries come to. */
export interface RecordRow {
  readonly record: string;
  readonly subject: string;
  /** 1 or 0: SQLite has no boolean. */
  readonly is_open: number;
  readonly entries: number;
  readonly head: string;
  readonly opened_at: number;
  readonly changed_at: number;
}

export interface EntryRow {
  readonly record: string;
  readonly number: number;
  readonly at: number;
  readonly type: string;
  /** JSON. */
  readonly data: string;
  readonly closes: number;
  readonly previous: string;
  readonly hash: string;
}

/** The last lease of a subject; it stays when it has ended, so that its token only grows. */
export interface LeaseRow {
  readonly subject: string;
  readonly holder: string;
  readonly token: number;
  readonly ends_at: number;
}

/** A scan that was begun and not closed. */
export interface ScanRow {
  readonly scope: string;
  readonly refresh: string;
  readonly started_at: number;
}

export interface AccountRow {
  readonly account: string;
  readonly facts: string;
  readonly started_at: number;
}

export interface UserRow {
  readonly account: string;
  readonly name_key: string;
  readonly position: number;
  readonly key_columns: string | null;
  readonly facts: string;
  readonly put_at: number;
}

export interface SpoolRow {
  readonly account: string;
  readonly kind: string;
  readonly name_key: string;
  readonly id: string;
  readonly facts: string;
}
