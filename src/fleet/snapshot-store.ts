/**
 * What scans leave for later ones, and for themselves when they are interrupted: the port. src/store/ keeps it in SQLite or
 * PostgreSQL.
 *
 * One row for each user of each account, written over by the next scan: what is kept grows with the fleet and not with the
 * number of scans. What a rule needs of the past (where a key was used before) stands inside the row. Texts are JSON that
 * a store hands back as it was given, without looking inside. None holds a secret.
 *
 * Every method that writes has written durably when it comes back. Every method throws KeyturnError ERR_JOURNAL when the
 * store cannot be read or written.
 */

/** `changed` lists only the keys of users that changed since the last scan; `full` lists all. */
export type Refresh = 'changed' | 'full';

/** A scan that was begun: of one account or of many. One that was not closed is taken up by the next of its scope. */
export interface Scan {
  /** What is scanned, such as `account/123456789012`: one open scan at a time. */
  readonly scope: string;
  readonly refresh: Refresh;
  /** When it was begun, by whoever began it. */
  readonly startedAt: Date;
}

export interface StoredAccount {
  readonly account: string;
  readonly facts: string;
  /** When it was begun to be read, by the run that finished it last. */
  readonly startedAt: Date;
}

/** The name that rows are found by: IAM tells users apart case-insensitively, so it is in lower case. */
export type NameKey = string;

export interface StoredUser {
  readonly nameKey: NameKey;
  /** The place of the user in its account, from 0. */
  readonly position: number;
  /** What of the credential report tells that keys have changed; absent where there was no report. */
  readonly keyColumns?: string;
  readonly facts: string;
}

/** A piece of what is known of a user, set aside until its row of the report comes by. */
export interface SpooledPiece {
  readonly kind: 'details' | 'service-credential';
  readonly nameKey: NameKey;
  /** Tells pieces of one kind and user apart. */
  readonly id: string;
  readonly facts: string;
}

export interface SnapshotStore {
  /** Where it is, for messages; without a password. */
  readonly place: string;

  /**
   * The open scan of a scope with the same refresh, where there is one begun at or after `resumeFrom`; else a new one begun
   * at `wish.startedAt` in place of it. Two callers at the same time get the same scan.
   */
  openScan(wish: Scan, options: { readonly resumeFrom: Date }): Promise<Scan>;
  /** Closes a scan, unless it is closed already or another has taken its place. */
  closeScan(scan: Scan): Promise<void>;

  readAccount(account: string): Promise<StoredAccount | undefined>;
  /**
   * Writes the account's row, removes its users that were last put before `account.startedAt` (they are gone), and empties
   * its spool; all or nothing.
   */
  finishAccount(account: StoredAccount): Promise<void>;
  /** Removes accounts, and all that belongs to them, that were last begun before. */
  forgetAccounts(startedBefore: Date): Promise<void>;

  /** Empties the spool of an account. */
  clearSpool(account: string): Promise<void>;
  /** Adds pieces, or replaces those of the same kind, name and id. */
  spool(account: string, pieces: readonly SpooledPiece[]): Promise<void>;
  /** The pieces of some users (at most 1000 names), in any order. */
  readSpool(account: string, nameKeys: readonly NameKey[]): Promise<readonly SpooledPiece[]>;
  /** The pieces of a kind, in the order of their names as code units; memory does not grow with their number. */
  listSpool(account: string, kind: SpooledPiece['kind']): AsyncIterable<SpooledPiece>;

  /** Adds or replaces rows (at most 1000), marked as put at a time. */
  putUsers(account: string, users: readonly StoredUser[], at: Date): Promise<void>;
  /** The rows of some users (at most 1000 names), in any order. */
  findUsers(account: string, nameKeys: readonly NameKey[]): Promise<readonly StoredUser[]>;
  /** All rows by position; memory does not grow with their number. Rows may be put meanwhile. */
  listUsers(account: string): AsyncIterable<StoredUser>;

  close(): Promise<void>;
}
