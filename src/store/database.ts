import type { Kysely, Transaction } from 'kysely';
import { KeyturnError } from '../errors.ts';
import type { Tables } from './tables.ts';

/**
 * A database of ours, SQLite or PostgreSQL: all that differs between them is behind this.
 *
 * What the database throws becomes a KeyturnError, ERR_JOURNAL.
 */
export interface Database {
  /** For messages; without a password. */
  readonly place: string;

  /** The name of the collation that compares texts as bytes, as SQL writes it. */
  readonly bytesCollation: string;

  /** Work that only reads. It may be done again from its beginning. */
  read<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;

  /**
   * Work that is done whole and durably, or not at all. It may be done again from its beginning.
   *
   * A row that was updated stays as it is for this work until its end; others wait.
   */
  write<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>;

  /** The time that leases go by, in milliseconds: one clock for all who share the database. */
  readTime(transaction: Transaction<Tables>): Promise<number>;

  /** Whether a table is there. */
  hasTable(db: Kysely<Tables>, name: string): Promise<boolean>;

  /** Keeps others from changing the tables until the end of the transaction. */
  lockSchema(transaction: Transaction<Tables>): Promise<void>;

  close(): Promise<void>;
}

/** Whether an error is for its caller as it is: one of ours, or that of a wrong argument. */
export function isOwn(error: unknown): error is Error {
  if (error instanceof KeyturnError) return true;
  return (error instanceof TypeError || error instanceof RangeError) && !('code' in error);
}

/**
 * Does the work in a transaction. Where it fails, that is the error: the one that a dead connection gives when it is told
 * to roll back says less.
 */
export async function transact<T>(
  db: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  const failures: unknown[] = [];
  const guarded = async (transaction: Transaction<Tables>) => {
    try {
      return await work(transaction);
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  try {
    return await db.transaction().setIsolationLevel('read committed').execute(guarded);
  } catch (error) {
    failures.push(error);
    throw failures[0];
  }
}
