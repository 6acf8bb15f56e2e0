import { randomBytes } from 'node:crypto';
import type { Journal } from '../journal/journal.ts';
import { filled } from '../sinks/shared-config.ts';
import type { Context } from './context.ts';
import { locateJournal } from './paths.ts';

/**
 * The journal: `--journal`, else KEYTURN_JOURNAL, else a file in the platform's state folder.
 *
 * @throws {KeyturnError} `ERR_JOURNAL`
 */
export async function openOwnJournal({
  options,
  env,
  now,
}: Pick<Context, 'options' | 'env' | 'now'>): Promise<Journal> {
  const { openJournal } = await import('../store/open-journal.ts');
  return openJournal(options.journal ?? filled(env.KEYTURN_JOURNAL) ?? locateJournal(env), { now });
}

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

/** The id of a new record: `r-` for a rotation, `a-` for a fleet action, and fifty random bits. */
export function makeRecordId(prefix: 'r' | 'a'): string {
  return `${prefix}-${drawBase32(10)}`;
}

/** Random characters of base32, in lower case. */
export function drawBase32(length: number): string {
  return [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join('');
}
