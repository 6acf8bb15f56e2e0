/** Those who use a key: they read it from a place, keep it in memory for a while, and sign with it now and then. */
import type { Account, Author, Pair } from './account.ts';
import type { Place } from './places.ts';

export interface Habit {
  /** Milliseconds for which a pair is kept in memory. */
  readonly hold: number;
  /** Milliseconds between two uses. */
  readonly every: number;
}

export class Consumer {
  readonly habit: Habit;
  readonly place: Place | undefined;
  pair: Pair | undefined;
  /** Whose word for it the consumer has that this is the pair to use. */
  source: { readonly by: Author; readonly at: number };
  #readAt = -Infinity;

  /** @param from a place, or a pair that somebody has by heart */
  constructor(habit: Habit, from: Place | Pair, now: number) {
    this.habit = habit;
    this.source = { by: 'person', at: now };
    if ('spec' in from) this.place = from;
    else this.pair = from;
  }

  /** Uses what it has. @returns the replica that refused it */
  use(account: Account): number | undefined {
    this.#refresh(account.now);
    if (this.pair === undefined) return undefined;
    const replica = account.replica();
    if (account.sign(this.pair, replica, 's3')) return undefined;
    // Whoever is refused reads anew the next time.
    this.#readAt = -Infinity;
    return replica;
  }

  restart(): void {
    this.#readAt = -Infinity;
    if (this.place !== undefined) this.pair = this.place.held;
  }

  #refresh(now: number): void {
    if (this.place === undefined || now - this.#readAt < this.habit.hold) return;
    this.#readAt = now;
    this.pair = this.place.held;
    this.source = { by: this.place.changedBy, at: this.place.changedAt };
  }
}
