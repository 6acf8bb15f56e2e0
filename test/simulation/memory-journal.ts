/** A journal in memory that keeps the port's promises as src/store/ does; each process has a view of its own on it. */
import type { Entry, Journal, Lease, LeaseAnswer, NewEntry, RecordHead } from '../../src/journal/journal.ts';
import type { SimulatedProcess } from './process.ts';
import type { Scheduler } from './scheduler.ts';
import type { Subject } from './subject.ts';

interface LeaseRow {
  readonly holder: string;
  readonly token: number;
  endsAt: number;
}

/** What all processes share. */
export class MemoryStore {
  readonly records = new Map<string, Entry[]>();
  readonly leases = new Map<string, LeaseRow>();
  onAppend: (entry: Entry) => void = () => undefined;
  readonly #recordOf = new Map<string, string>();
  readonly #closed = new Set<string>();
  readonly #subject: Subject;
  readonly #scheduler: Scheduler;

  constructor(subject: Subject, scheduler: Scheduler) {
    this.#subject = subject;
    this.#scheduler = scheduler;
  }

  open(record: string, subject: string, entry: NewEntry, lease: Lease): Entry {
    this.#requireLease(lease);
    const other = this.list({ open: true, subject })[0];
    if (other !== undefined) throw this.#refuse('ERR_CONFLICTING_RECORD', `${other.record} is open`);
    const first = this.#subject.chainEntry({ record, subject, number: 1, head: undefined }, entry);
    this.records.set(record, [first]);
    this.#recordOf.set(subject, record);
    return first;
  }

  append(record: string, entry: NewEntry, { after, lease }: { after: number; lease: Lease }): Entry {
    this.#requireLease(lease);
    const entries = this.read(record);
    const last = entries.at(-1);
    if (lease.subject !== last?.subject) throw new TypeError(`no lease for ${record}`);
    if (entries.length !== after) throw this.#refuse('ERR_LEASE', `${record} has grown`);
    const next = this.#subject.chainEntry({ record, subject: last.subject, number: after + 1, head: last.hash }, entry);
    this.records.set(record, [...entries, next]);
    this.onAppend(next);
    if (next.closes) this.#closed.add(record);
    return next;
  }

  read(record: string): readonly Entry[] {
    return this.records.get(record) ?? [];
  }

  list({ open, subject }: { open?: boolean | undefined; subject?: string | undefined } = {}): RecordHead[] {
    return [...this.records.values()]
      .map(readHead)
      .filter((head) => (open ?? head.isOpen) === head.isOpen && (subject ?? head.subject) === head.subject)
      .reverse();
  }

  /** The newest record of a subject. */
  recordOf(subject: string): string | undefined {
    return this.#recordOf.get(subject);
  }

  isClosed(record: string): boolean {
    return this.#closed.has(record);
  }

  takeLease(subject: string, holder: string, milliseconds: number): { token: number } | LeaseRow {
    const row = this.leases.get(subject);
    if (row !== undefined && row.endsAt > this.#scheduler.now) return row;
    const token = (row?.token ?? 0) + 1;
    this.leases.set(subject, { holder, token, endsAt: this.#scheduler.now + milliseconds });
    return { token };
  }

  renewLease(lease: Lease, milliseconds: number): void {
    this.#requireLease(lease).endsAt = this.#scheduler.now + milliseconds;
  }

  releaseLease({ subject, token }: Lease): void {
    const row = this.leases.get(subject);
    if (row?.token === token) row.endsAt = 0;
  }

  #requireLease({ subject, token }: Lease): LeaseRow {
    const row = this.leases.get(subject);
    if (row?.token === token && row.endsAt > this.#scheduler.now) return row;
    throw this.#refuse('ERR_LEASE', `the lease of ${subject} was lost`);
  }

  #refuse(code: 'ERR_LEASE' | 'ERR_CONFLICTING_RECORD', message: string): Error {
    return new this.#subject.KeyturnError(code, message, { hint: 'look who is at work on it' });
  }
}

function readHead(entries: readonly Entry[]): RecordHead {
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) throw new TypeError('a record has no entry');
  return {
    record: first.record,
    subject: first.subject,
    isOpen: !entries.some(({ closes }) => closes),
    entries: entries.length,
    head: last.hash,
    openedAt: first.at,
    changedAt: last.at,
  };
}

/** The store as one process sees it: slow, sometimes unwritable, and sometimes written without an answer. */
export class ProcessJournal implements Journal {
  readonly place = 'memory';
  readonly #store: MemoryStore;
  readonly #process: SimulatedProcess;
  readonly #subject: Subject;

  constructor(store: MemoryStore, process: SimulatedProcess, subject: Subject) {
    this.#store = store;
    this.#process = process;
    this.#subject = subject;
  }

  open(record: string, subject: string, entry: NewEntry, lease: Lease): Promise<Entry> {
    return this.#write('the opening is written', () => this.#store.open(record, subject, entry, lease));
  }

  append(record: string, entry: NewEntry, options: { after: number; lease: Lease }): Promise<Entry> {
    return this.#write(`"${entry.type}" is written`, () => this.#store.append(record, entry, options));
  }

  async read(record: string): Promise<readonly Entry[]> {
    await this.#process.point('before the journal is read');
    return this.#store.read(record);
  }

  async *list(options: { open?: boolean | undefined; subject?: string | undefined } = {}): AsyncIterable<RecordHead> {
    await this.#process.point('before the records are listed');
    yield* this.#store.list(options);
  }

  async takeLease(subject: string, holder: string, milliseconds: number): Promise<LeaseAnswer> {
    const asked = this.#process.clock.now().getTime();
    await this.#process.point('before the lease is taken');
    const row = this.#store.takeLease(subject, holder, milliseconds);
    await this.#process.point('after the lease was asked for');
    if ('holder' in row) return { kind: 'held', holder: row.holder, token: row.token, until: new Date(row.endsAt) };
    return { kind: 'taken', lease: { subject, holder, token: row.token, until: new Date(asked + milliseconds) } };
  }

  async renewLease(lease: Lease, milliseconds: number): Promise<Lease> {
    const asked = this.#process.clock.now().getTime();
    await this.#process.point('before the lease is renewed');
    this.#store.renewLease(lease, milliseconds);
    await this.#process.point('after the lease was renewed');
    return { ...lease, until: new Date(asked + milliseconds) };
  }

  async releaseLease(lease: Lease): Promise<void> {
    await this.#process.point('before the lease is released');
    this.#store.releaseLease(lease);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #write<T>(what: string, write: () => T): Promise<T> {
    const { random, faults, log, name } = this.#process.parts;
    await this.#process.point(`before ${what}`);
    const fails = random.chance(faults.journal);
    const isDone = !fails || random.chance(0.5);
    const written = isDone ? write() : undefined;
    log(`${name}: ${what}${fails ? (isDone ? ', and the journal says it failed' : ' not: the journal fails') : ''}`);
    await this.#process.point(`after ${what}`);
    if (!fails) return written as T;
    throw new this.#subject.KeyturnError('ERR_JOURNAL', 'the journal cannot be written: no space', {
      hint: 'make room',
    });
  }
}
