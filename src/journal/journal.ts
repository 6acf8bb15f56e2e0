/**
 * The durable record of what was intended and what was done: the port. src/store/ keeps it in SQLite or PostgreSQL.
 *
 * A record (one rotation, one fleet action) is a list of entries that only grows. Each entry's hash covers the one before
 * it (chain.ts), so a record cannot be changed unnoticed by someone who does not hold its last hash. No entry ever holds
 * a secret.
 */

/** What JSON can say; entries are stored and hashed as JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

/** What is written: what happened, in the words of the module that writes. */
export interface NewEntry {
  /** AWS's time where AWS is involved, else this machine's. */
  readonly at: Date;
  readonly type: string;
  readonly data: JsonObject;
  /** Nothing follows this entry but what `undo` does: the record is no longer open, and its subject is free. */
  readonly closes?: boolean | undefined;
}

export interface Entry {
  /** The id of the record: `r-…` for a rotation, `a-…` for a fleet action. */
  readonly record: string;
  /** What the record is about, as in {@link RecordHead}. */
  readonly subject: string;
  /** 1 for the first. */
  readonly number: number;
  readonly at: Date;
  readonly type: string;
  readonly data: JsonObject;
  readonly closes: boolean;
  /** The hash of the entry before, 64 hex digits; that of the first is {@link firstPrevious}. */
  readonly previous: string;
  readonly hash: string;
}

/** A record as a list shows it. */
export interface RecordHead {
  readonly record: string;
  /** What the record is about, `ACCOUNT/UserId`: one open record at a time. */
  readonly subject: string;
  readonly isOpen: boolean;
  readonly entries: number;
  /** The hash of the last entry. */
  readonly head: string;
  /** The times of the first entry and of the last. */
  readonly openedAt: Date;
  readonly changedAt: Date;
}

/** The right to act on a subject, for a while. */
export interface Lease {
  readonly subject: string;
  /** Who: host and process, for messages. */
  readonly holder: string;
  /** Grows with every change of holder: an append under an older one is refused. */
  readonly token: number;
  /** When it ends, by the clock of this process. */
  readonly until: Date;
}

export type LeaseAnswer =
  | { readonly kind: 'taken'; readonly lease: Lease }
  /** Someone else has it; `until` as for {@link Lease}. */
  | { readonly kind: 'held'; readonly holder: string; readonly token: number; readonly until: Date };

export interface Journal {
  /** Where it is, for messages; without a password. */
  readonly place: string;

  /**
   * Begins a record for a subject, under the lease of that subject.
   *
   * @throws KeyturnError ERR_LEASE when the lease is no longer ours; ERR_CONFLICTING_RECORD when the subject has an open
   * record already (the message names it); ERR_JOURNAL when it cannot be written
   */
  open(record: string, subject: string, entry: NewEntry, lease: Lease): Promise<Entry>;

  /**
   * Adds an entry, durably, behind the `after` entries that the writer has seen. A closed record takes entries too, and
   * stays closed.
   *
   * @throws KeyturnError ERR_LEASE when the lease is no longer ours or the record has grown since; ERR_JOURNAL
   */
  append(record: string, entry: NewEntry, options: { readonly after: number; readonly lease: Lease }): Promise<Entry>;

  /** All entries in order; empty for an unknown record. @throws KeyturnError ERR_JOURNAL */
  read(record: string): Promise<readonly Entry[]>;

  /** The newest first. @throws KeyturnError ERR_JOURNAL */
  list(options?: {
    readonly open?: boolean | undefined;
    readonly subject?: string | undefined;
  }): AsyncIterable<RecordHead>;

  /**
   * Takes the lease of a subject, unless there is one that has not ended, whoever holds it: two processes may go by one
   * name (a container's host name and process 1).
   *
   * @throws KeyturnError ERR_JOURNAL
   */
  takeLease(subject: string, holder: string, milliseconds: number): Promise<LeaseAnswer>;

  /** Makes it last so long from now. @throws KeyturnError ERR_LEASE when it has ended or is no longer ours */
  renewLease(lease: Lease, milliseconds: number): Promise<Lease>;

  /**
   * Gives a lease back; one whose token is no longer the current one is left alone. Whoever knows that its holder is dead
   * may give it back in its place.
   */
  releaseLease(lease: Pick<Lease, 'subject' | 'token'>): Promise<void>;

  close(): Promise<void>;
}
