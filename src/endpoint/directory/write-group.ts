import type { DatabaseSync } from 'node:sqlite';

/**
 * Writes of several requests that are committed together. A commit writes every page that was touched, so that the pages
 * which the requests have in common are written once, and the log is written to once.
 */
export class WriteGroup {
  readonly #database: DatabaseSync;
  #state: 'none' | 'gathering' | 'writing' = 'none';

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Does each piece of work. What they write after {@link join} is kept when all of it is done; one that throws undoes it
   * all, and so does a commit that fails.
   *
   * @throws Error what the work or the commit threw: nothing was kept
   */
  run<T>(pieces: readonly (() => T)[]): T[] {
    this.#state = 'gathering';
    try {
      const results = pieces.map((piece) => {
        this.#requireWhole();
        return piece();
      });
      this.#requireWhole();
      if (this.#database.isTransaction) this.#database.exec('COMMIT');
      return results;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    } finally {
      this.#state = 'none';
    }
  }

  /** To be told before something is written; outside of {@link run} every write is committed by itself. */
  join(): void {
    if (this.#state !== 'gathering') return;
    this.#database.exec('BEGIN');
    this.#state = 'writing';
  }

  /** SQLite rolls back by itself after some failures, and what is written next would be kept alone. */
  #requireWhole(): void {
    if (this.#state === 'writing' && !this.#database.isTransaction) throw new Error('the writes so far were undone');
  }
}
