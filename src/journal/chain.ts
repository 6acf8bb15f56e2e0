/** The hash chain of a record. What it covers is written in docs/rotation.md, so that others can check it too. */
import { createHash } from 'node:crypto';
import type { Entry, Json, RecordHead } from './journal.ts';

/** What the first entry names as the hash before it. */
export const firstPrevious = '0'.repeat(64);

/**
 * The hash of an entry: SHA-256 over the JSON of the array `[previous, record, subject, number, at, type, data,
 * closes]`, the members of objects in the order of their names' UTF-16 code units, `at` in ISO 8601, no white space.
 *
 * @example
 * hashEntry({ ...entry, previous: firstPrevious }); // '9f86d0…', 64 hex digits
 */
export function hashEntry(entry: Omit<Entry, 'hash'>): string {
  const { previous, record, subject, number, at, type, data, closes } = entry;
  const text = writeCanonical([previous, record, subject, number, at.toISOString(), type, data, closes]);
  return createHash('sha256').update(text).digest('hex');
}

export type ChainCheck =
  | { readonly kind: 'whole'; readonly entries: number; readonly head: string }
  /** The first entry that does not follow from the one before it, and why. */
  | { readonly kind: 'broken'; readonly number: number; readonly why: string };

/** Whether each entry follows from the one before it. */
export function verifyChain(entries: readonly Entry[]): ChainCheck {
  let head = firstPrevious;
  for (const [index, entry] of entries.entries()) {
    const number = index + 1;
    if (entry.number !== number) return { kind: 'broken', number, why: `entry ${number} is missing` };
    if (entry.previous !== head) {
      return { kind: 'broken', number, why: `entry ${number} does not name the hash of the entry before it` };
    }
    if (hashEntry(entry) !== entry.hash) {
      return { kind: 'broken', number, why: `entry ${number} does not have the hash of what it says` };
    }
    head = entry.hash;
  }
  return { kind: 'whole', entries: entries.length, head };
}

/**
 * Whether each entry follows from the one before it, and the list of records says the same of them: a record whose last
 * entries were taken away is whole in itself.
 */
export function verifyRecord(head: RecordHead, entries: readonly Entry[]): ChainCheck {
  const check = verifyChain(entries);
  if (check.kind === 'broken') return check;
  const why = findDisagreement(head, entries, check.head);
  return why === undefined ? check : { kind: 'broken', number: entries.length, why };
}

function findDisagreement(listed: RecordHead, entries: readonly Entry[], head: string): string | undefined {
  if (entries.length !== listed.entries) {
    return `there are ${entries.length} entries, and the list of records says ${listed.entries}`;
  }
  if (head !== listed.head) return 'the list of records has another hash for the last entry';
  if (listed.isOpen === entries.some(({ closes }) => closes)) {
    return `the list of records says that it is ${listed.isOpen ? 'open' : 'closed'}, and its entries do not`;
  }
  const isDated = isSameTime(entries[0]?.at, listed.openedAt) && isSameTime(entries.at(-1)?.at, listed.changedAt);
  return isDated ? undefined : 'the list of records has other times than its entries';
}

function isSameTime(a: Date | undefined, b: Date): boolean {
  return a?.getTime() === b.getTime();
}

/** JSON with one way to write a value, so that a database may store it in another. */
export function writeCanonical(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(writeCanonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${writeCanonical(member)}`).join(',')}}`;
}
