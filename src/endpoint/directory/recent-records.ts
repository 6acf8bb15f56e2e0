import type { DatabaseSync } from 'node:sqlite';
import { BoundedMap } from '../bounded-map.ts';
import { isTransacting } from './transact.ts';

/**
 * Records kept for one question: those of the callers and subjects of the moment. More would help where thousands are asked
 * about in turn, and costs all others more than a read: what lives long in V8's heap is copied, twice, and then collected
 * at length.
 */
const room = 1_000;

/**
 * Records that were read before, by what was asked for, so that the same few of them need not be read for every request.
 *
 * They stay true because this process alone writes to the database, and every write forgets the records that it changes.
 * What is read inside a transaction that may fail alone is not kept: it may yet be undone.
 */
export class RecentRecords<T> {
  readonly #database: DatabaseSync;
  readonly #records = new BoundedMap<string, T>(room);

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** @param read the record from the database, or undefined, which is not kept; called when it is not at hand */
  find<R extends T | undefined>(id: string, read: () => R): T | R {
    const known = this.#records.get(id);
    if (known !== undefined) return known;
    const record = read();
    if (record !== undefined) this.keep(id, record);
    return record;
  }

  /** A record that was read along with something else. */
  keep(id: string, record: T): void {
    // A text of its own: as a part of a longer one the id would keep a whole request in memory.
    if (!isTransacting(this.#database)) this.#records.set(Buffer.from(id).toString(), record);
  }

  forget(id: string): void {
    this.#records.delete(id);
  }

  clear(): void {
    this.#records.clear();
  }
}
