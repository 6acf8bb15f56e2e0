import type { DatabaseSync } from 'node:sqlite';

/** Records kept for one table; the oldest make room. */
const room = 10_000;

/**
 * Records that were read before, by their id, so that the same few of them need not be read for every request.
 *
 * They stay true because this process alone writes to the database, and every write forgets the record that it changes.
 * What is read inside a transaction is not kept: it may yet be undone.
 */
export class RecentRecords<T> {
  readonly #database: DatabaseSync;
  readonly #idOf: (record: T) => string;
  readonly #records = new Map<string, T>();

  constructor(database: DatabaseSync, idOf: (record: T) => string) {
    this.#database = database;
    this.#idOf = idOf;
  }

  /** @param read the record of the id from the database, or undefined; called when it is not at hand */
  find(id: string, read: (id: string) => T | undefined): T | undefined {
    const known = this.#records.get(id);
    if (known !== undefined) return known;
    const record = read(id);
    if (record !== undefined && !this.#database.isTransaction) this.#keep(record);
    return record;
  }

  forget(id: string): void {
    this.#records.delete(id);
  }

  clear(): void {
    this.#records.clear();
  }

  #keep(record: T): void {
    if (this.#records.size === room) {
      const [oldest] = this.#records.keys();
      if (oldest !== undefined) this.#records.delete(oldest);
    }
    this.#records.set(this.#idOf(record), record);
  }
}
