/** The journal in SQL: SQLite on one machine, PostgreSQL for a team. */
import type { Journal } from '../journal/journal.ts';
import { openDatabase } from './open-database.ts';
import { SqlJournal } from './sql-journal.ts';

export interface JournalOptions {
  /** The time of this process: what `Lease.until` is by, and on SQLite the leases themselves. */
  readonly now: () => Date;
}

/**
 * Opens a journal, and makes it where it is missing.
 *
 * @param place a path, `:memory:`, or a `postgres://` URL
 * @throws KeyturnError ERR_USAGE, ERR_JOURNAL
 *
 * @example
 * const journal = await openJournal('/home/me/.local/state/keyturn/journal.sqlite', { now: () => new Date() });
 */
export async function openJournal(place: string, { now }: JournalOptions): Promise<Journal> {
  return new SqlJournal(await openDatabase(place, now), now);
}
