const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(9999, 11, 31);

/** The endpoint's time: that of another clock, moved by as much as tests and rehearsals want. It never stands still. */
export class MovableClock {
  readonly #base: () => Date;
  #offset = 0;

  constructor(base: () => Date) {
    this.#base = base;
  }

  now(): Date {
    return new Date(this.#base().getTime() + this.#offset);
  }

  /** @param now the time it is to be from here on. @throws RangeError outside the years 1970 to 9999 */
  set(now: Date): void {
    this.#move(now.getTime() - this.#base().getTime());
  }

  /** @param milliseconds added to the time. @throws RangeError outside the years 1970 to 9999 */
  advance(milliseconds: number): void {
    this.#move(this.#offset + milliseconds);
  }

  /** Back to the time of the other clock. */
  reset(): void {
    this.#offset = 0;
  }

  /** No time has to be written with other than four digits for its year, on the wire or in a signature. */
  #move(offset: number): void {
    const time = this.#base().getTime() + offset;
    if (!(time >= earliest && time <= latest)) throw new RangeError('the time is outside the years 1970 to 9999');
    this.#offset = offset;
  }
}
