/**
 * A map that keeps the entries set last, about as many as there is room for.
 *
 * It has two generations: when the young one has taken up half the room it becomes the old one, and what was old is dropped
 * as a whole. To delete the oldest entry of one Map each time would cost more the more often it is done, because V8 leaves a
 * hole for every entry deleted and walks over the holes to the next oldest. No value is undefined.
 */
export class BoundedMap<K, V> {
  readonly #generation: number;
  #young = new Map<K, V>();
  #old = new Map<K, V>();

  /** @param room for at most so many entries; at least 2 */
  constructor(room: number) {
    this.#generation = Math.floor(room / 2);
  }

  get(key: K): V | undefined {
    const value = this.#young.get(key);
    return value === undefined ? this.#old.get(key) : value;
  }

  set(key: K, value: V): void {
    if (this.#young.size >= this.#generation) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  delete(key: K): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
