/** Counts the changes to who may do what, so that what was worked out from it can be known to be out of date. */
export class Revision {
  #value = 0;

  get value(): number {
    return this.#value;
  }

  advance(): void {
    this.#value += 1;
  }
}
