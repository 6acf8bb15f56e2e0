/** Entries and heads, between rows and values. */
import { KeyturnError } from '../errors.ts';
import { firstPrevious, hashEntry } from '../journal/chain.ts';
import type { Entry, JsonObject, NewEntry, RecordHead } from '../journal/journal.ts';
import type { EntryRow, RecordRow } from './tables.ts';

/** Where an entry goes: behind the one whose hash is `head`. */
interface Position {
  readonly record: string;
  readonly subject: string;
  readonly number: number;
  readonly head: string | undefined;
}

export function chainEntry({ record, subject, number, head }: Position, entry: NewEntry): Entry {
  // As it will be read: the hash is of what is kept.
  const data = JSON.parse(JSON.stringify(entry.data)) as JsonObject;
  const { at, type, closes = false } = entry;
  const unhashed = { record, subject, number, at, type, data, closes, previous: head ?? firstPrevious };
  return { ...unhashed, hash: hashEntry(unhashed) };
}

export function writeEntry({ record, number, at, type, data, closes, previous, hash }: Entry): EntryRow {
  const row = { record, number, type, previous, hash, at: at.getTime(), closes: closes ? 1 : 0 };
  return { ...row, data: JSON.stringify(data) };
}

/** @throws KeyturnError ERR_JOURNAL when the row was changed so that it says nothing */
export function readEntry(row: EntryRow & { readonly subject: string }, place: string): Entry {
  const { record, subject, number, at, type, closes, previous, hash } = row;
  return {
    record,
    subject,
    number,
    at: new Date(at),
    type,
    data: parseData(row, place),
    closes: closes === 1,
    previous,
    hash,
  };
}

function parseData({ record, number, data }: EntryRow, place: string): JsonObject {
  try {
    return JSON.parse(data) as JsonObject;
  } catch (cause) {
    throw new KeyturnError('ERR_JOURNAL', `entry ${number} of ${record} in the journal ${place} is not JSON`, {
      hint: 'the journal was changed or damaged: put a copy of it back',
      cause,
    });
  }
}

export function readHead({ record, subject, is_open, entries, head, opened_at, changed_at }: RecordRow): RecordHead {
  const times = { openedAt: new Date(opened_at), changedAt: new Date(changed_at) };
  return { record, subject, isOpen: is_open === 1, entries, head, ...times };
}
