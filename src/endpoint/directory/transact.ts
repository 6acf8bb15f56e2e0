import type { DatabaseSync } from 'node:sqlite';

/** Databases in which {@link transact} is at work. */
const atWork = new WeakSet<DatabaseSync>();

/**
 * Runs several statements as one: all of them are kept, or none when `work` throws. Inside another call of itself it
 * joins that one; inside a transaction of somebody else it is undone alone.
 */
export function transact<T>(database: DatabaseSync, work: () => T): T {
  if (atWork.has(database)) return work();
  const isPart = database.isTransaction;
  database.exec(isPart ? 'SAVEPOINT work' : 'BEGIN');
  atWork.add(database);
  try {
    const result = work();
    database.exec(isPart ? 'RELEASE work' : 'COMMIT');
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after some failures, a full disk among them.
    if (database.isTransaction) database.exec(isPart ? 'ROLLBACK TO work; RELEASE work' : 'ROLLBACK');
    throw error;
  } finally {
    atWork.delete(database);
  }
}

/** Whether what is read now may yet be undone by a {@link transact} that fails. */
export function isTransacting(database: DatabaseSync): boolean {
  return atWork.has(database);
}
