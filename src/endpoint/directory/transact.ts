import type { DatabaseSync } from 'node:sqlite';

/**
 * Runs several statements as one: all of them are kept, or none when `work` throws. Inside another call of itself it
 * joins that one.
 */
export function transact<T>(database: DatabaseSync, work: () => T): T {
  if (database.isTransaction) return work();
  database.exec('BEGIN');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** SQLite has rolled back by itself after some failures, a full disk among them. */
function rollBack(database: DatabaseSync): void {
  if (database.isTransaction) database.exec('ROLLBACK');
}
