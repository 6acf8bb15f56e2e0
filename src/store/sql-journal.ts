import type { Kysely, Transaction } from 'kysely';
import { KeyturnError } from '../errors.ts';
import type { Entry, Journal, Lease, LeaseAnswer, NewEntry, RecordHead } from '../journal/journal.ts';
import type { Database } from './database.ts';
import { chainEntry, readEntry, readHead, writeEntry } from './entries.ts';
import { isHeld, lockLease, lockOrMakeLease, requireCurrent } from './leases.ts';
import { pageSize, readPages } from './pages.ts';
import type { RecordRow, Tables } from './tables.ts';

/** The port on a database. Whatever concerns one subject happens behind the lock of its lease, one after the other. */
export class SqlJournal implements Journal {
  readonly #database: Database;
  readonly #now: () => Date;

  constructor(database: Database, now: () => Date) {
    this.#database = database;
    this.#now = now;
  }

  get place(): string {
    return this.#database.place;
  }

  open(record: string, subject: string, entry: NewEntry, lease: Lease): Promise<Entry> {
    requireSubject(lease, record, subject);
    return this.#write(lease, async (transaction) => {
      await requireNoneOpen(transaction, subject);
      const first = chainEntry({ record, subject, head: undefined, number: 1 }, entry);
      const at = first.at.getTime();
      const row = { record, subject, entries: 1, head: first.hash, opened_at: at, changed_at: at };
      await transaction
        .insertInto('keyturn_records')
        .values({ ...row, is_open: first.closes ? 0 : 1 })
        .execute();
      await transaction.insertInto('keyturn_entries').values(writeEntry(first)).execute();
      return first;
    });
  }

  append(record: string, entry: NewEntry, { after, lease }: { after: number; lease: Lease }): Promise<Entry> {
    return this.#write(lease, async (transaction) => {
      const row = await this.#findRecord(transaction, record);
      requireSubject(lease, record, row.subject);
      requireSeen(row, after);
      const next = chainEntry({ record, subject: row.subject, head: row.head, number: after + 1 }, entry);
      await transaction
        .updateTable('keyturn_records')
        .set({ entries: next.number, head: next.hash, changed_at: next.at.getTime() })
        .set(next.closes ? { is_open: 0 } : {})
        .where('record', '=', record)
        .execute();
      await transaction.insertInto('keyturn_entries').values(writeEntry(next)).execute();
      return next;
    });
  }

  async read(record: string): Promise<readonly Entry[]> {
    const rows = await this.#database.read((db) =>
      db
        .selectFrom('keyturn_entries as entry')
        .innerJoin('keyturn_records as record', 'record.record', 'entry.record')
        .selectAll('entry')
        .select('record.subject')
        .where('entry.record', '=', record)
        .orderBy('entry.number')
        .execute(),
    );
    return rows.map((row) => readEntry(row, this.place));
  }

  async *list(options: { open?: boolean | undefined; subject?: string | undefined } = {}): AsyncGenerator<RecordHead> {
    const rows = readPages<RecordRow>(this.#database, (db, last) => selectPage(db, options, last));
    for await (const row of rows) yield readHead(row);
  }

  async takeLease(subject: string, holder: string, milliseconds: number): Promise<LeaseAnswer> {
    const asked = this.#now().getTime();
    return this.#database.write(async (transaction) => {
      const locked = await lockOrMakeLease(this.#database, transaction, subject);
      const { row, time } = locked;
      if (isHeld(locked)) {
        const until = new Date(this.#now().getTime() + row.ends_at - time);
        return { kind: 'held', holder: row.holder, token: row.token, until };
      }
      const token = row.token + 1;
      await setLease(transaction, subject, { holder, token, ends_at: time + milliseconds });
      return { kind: 'taken', lease: { subject, holder, token, until: new Date(asked + milliseconds) } };
    });
  }

  async renewLease(lease: Lease, milliseconds: number): Promise<Lease> {
    const asked = this.#now().getTime();
    await this.#write(lease, (transaction, time) =>
      setLease(transaction, lease.subject, { ends_at: time + milliseconds }),
    );
    return { ...lease, until: new Date(asked + milliseconds) };
  }

  async releaseLease({ subject, token }: Pick<Lease, 'subject' | 'token'>): Promise<void> {
    await this.#database.write((transaction) =>
      transaction
        .updateTable('keyturn_leases')
        .set({ ends_at: 0 })
        .where('subject', '=', subject)
        .where('token', '=', token)
        .execute(),
    );
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  /** What may be done under a lease alone. */
  #write<T>(lease: Lease, work: (transaction: Transaction<Tables>, time: number) => Promise<T>): Promise<T> {
    return this.#database.write(async (transaction) => {
      const locked = await lockLease(this.#database, transaction, lease.subject);
      requireCurrent(locked, lease);
      return work(transaction, locked.time);
    });
  }

  async #findRecord(transaction: Transaction<Tables>, record: string): Promise<RecordRow> {
    const row = await transaction
      .selectFrom('keyturn_records')
      .selectAll()
      .where('record', '=', record)
      .executeTakeFirst();
    if (row !== undefined) return row;
    throw new KeyturnError('ERR_JOURNAL', `there is no record ${record} in the journal ${this.place}`);
  }
}

/** The newest first, from the first that is older than the last one seen. */
function selectPage(
  db: Kysely<Tables>,
  { open, subject }: { open?: boolean | undefined; subject?: string | undefined },
  last: RecordRow | undefined,
) {
  return db
    .selectFrom('keyturn_records')
    .selectAll()
    .$if(open !== undefined, (query) => query.where('is_open', '=', open === true ? 1 : 0))
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject ?? ''))
    .$if(last !== undefined, (query) =>
      query.where((eb) =>
        eb(eb.refTuple('opened_at', 'record'), '<', eb.tuple(last?.opened_at ?? 0, last?.record ?? '')),
      ),
    )
    .orderBy('opened_at', 'desc')
    .orderBy('record', 'desc')
    .limit(pageSize);
}

async function setLease(
  transaction: Transaction<Tables>,
  subject: string,
  change: Partial<{ holder: string; token: number; ends_at: number }>,
): Promise<void> {
  await transaction.updateTable('keyturn_leases').set(change).where('subject', '=', subject).execute();
}

async function requireNoneOpen(transaction: Transaction<Tables>, subject: string): Promise<void> {
  const open = await transaction
    .selectFrom('keyturn_records')
    .select('record')
    .where('subject', '=', subject)
    .where('is_open', '=', 1)
    .executeTakeFirst();
  if (open === undefined) return;
  throw new KeyturnError('ERR_CONFLICTING_RECORD', `${open.record} is at work on ${subject} already`, {
    hint: `see keyturn rotations show ${open.record}, and end it with keyturn resume ${open.record} or undo`,
  });
}

function requireSeen({ record, entries }: RecordRow, after: number): void {
  if (entries === after) return;
  throw new KeyturnError('ERR_LEASE', `${record} has ${entries} entries, and this one was to follow entry ${after}`, {
    hint: 'another process went on with it: read it again',
  });
}

function requireSubject(lease: Lease, record: string, subject: string): void {
  if (lease.subject === subject) return;
  throw new TypeError(`the lease of ${lease.subject} says nothing about ${record}, which is about ${subject}`);
}
