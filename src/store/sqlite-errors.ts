import { KeyturnError } from '../errors.ts';
import { isOwn } from './database.ts';

/** Primary result codes of SQLite: https://www.sqlite.org/rescode.html */
const busy = 5;
const notADatabase = 26;
const corrupt = 11;

const writable = 'choose a place that this user may write, with --journal or KEYTURN_JOURNAL';
const damaged = 'put a copy of it back, or choose another journal';

const hints: Readonly<Record<number, string>> = {
  [busy]: 'try again; where it was stopped in the middle of its work (ps shows T), let it go on or end it',
  8: writable,
  10: 'see whether the disk is full or failing',
  [corrupt]: damaged,
  13: 'make room on the disk',
  14: writable,
  [notADatabase]: damaged,
};

/** Whether another connection has what this one asked for. */
export function isBusy(error: unknown): boolean {
  return readCode(error) === busy;
}

/** What SQLite or the file system said, as ours. */
export function explainSqliteError(cause: unknown, place: string): Error {
  if (isOwn(cause)) return cause;
  const code = readCode(cause);
  if (code === notADatabase) return refuseForeign(place, cause);
  const reason = code === busy ? 'another process is writing to it' : describe(cause);
  const hint = code === undefined ? writable : hints[code];
  return new KeyturnError('ERR_JOURNAL', `the journal ${place} cannot be used: ${reason}`, { hint, cause });
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

export function refuseForeign(place: string, cause?: unknown): KeyturnError {
  const hint = 'it was left as it is; choose another journal, with --journal or KEYTURN_JOURNAL';
  return new KeyturnError('ERR_JOURNAL', `${place} is not a journal of Keyturn`, { hint, cause });
}

/** The primary code, which is the low byte of the extended one. */
function readCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}
