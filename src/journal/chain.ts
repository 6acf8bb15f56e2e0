/** The hash chain of a record. What it covers is written in docs/rotation.md, so that others can check it too. */
import { createHash } from 'node:crypto';
import type { Entry, Json } from './journal.ts';

/** What the first entry names as the hash before it. */
export const firstPrevious = '0'.repeat(64);

/**
 * The hash of an entry: SHA-256 over the JSON of the array `[previous, record, number, at, type, data, closes]`, the
 * members of objects in the order of their names' UTF-16 code units, `at` in ISO 8601, no white space.
 *
 * @example
 * hashEntry({ ...entry, previous: firstPrevious }); // '9f86d0…', 64 hex digits
 */
export function hashEntry({ previous, record, number, at, type, data, closes }: Omit<Entry, 'hash'>): string {
  const text = writeCanonical([previous, record, number, at.toISOString(), type, data, closes]);
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

/** JSON with one way to write a value, so that a database may store it in another. */
function writeCanonical(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(writeCanonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${writeCanonical(member)}`).join(',')}}`;
}
