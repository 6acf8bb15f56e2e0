import { pause } from '../../iam/clock.ts';
import type { Clock } from '../../iam/clock.ts';

/** Milliseconds without a request after Throttling, so that the next ones meet more than a fraction of a token. */
const shortestRest = 250;
const longestRest = 8000;
/** Requests a second after the first Throttling; doubled every half second until the next. */
const searchRate = 5;
/** How a known rate is exceeded, by the third power of the seconds: twice after 12 of them, or half as much after 100. */
const fastest = 5e-4;
const slowest = 5e-7;
/** By how much two rates that were found one after the other may differ and still be the same. */
const tolerance = 0.05;
/** Milliseconds of lateness that are made up for: timers fire late, and each would cost a part of the rate. */
const catchUp = 200;

/**
 * The pace of one action in one account. How fast AWS lets it be called is published nowhere, and others who call it take
 * their part.
 *
 * AWS throttles by a bucket of tokens. Nothing is held back until the first refusal, so that a full bucket is made use of.
 * Between two refusals the bucket went from empty to empty, so what was answered meanwhile is what flowed in: that is the
 * rate, or less where the bucket ran over. It is then exceeded ever faster, and the more slowly the better it is known: a
 * rate that rose is found soon, and one that did not costs a refusal about every half minute.
 */
export class Pace {
  readonly #clock: Clock;
  #state: 'free' | 'searching' | 'known' = 'free';
  /** Requests a second, as known at the last refusal. */
  #rate = Infinity;
  /** When the first request of the last refusals was sent, and when it was known to be refused. */
  #refusedAt = 0;
  #knownAt = 0;
  #answers = 0;
  /** What the rate was found from: answers and milliseconds, those of earlier times counted half as much each time. */
  #seen = { answers: 0, span: 0 };
  #growth = fastest;
  #rest = shortestRest;
  /** No request before. */
  #next = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Waits for the turn of a request, first come first served, and tells when it is.
   *
   * @throws KeyturnError ERR_INTERRUPTED
   */
  takeTurn(signal: AbortSignal | undefined): Promise<number> {
    const turn = this.#queue.then(() => this.#release(signal));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** @param sentAt when the request that was answered, other than by Throttling, had its turn */
  noteAnswer(sentAt: number): void {
    if (sentAt > this.#refusedAt) this.#answers += 1;
  }

  /** @param sentAt when the request that was answered by Throttling had its turn */
  noteThrottling(sentAt: number): void {
    // Requests that were under way together find the bucket empty together.
    if (this.#state !== 'free' && sentAt < this.#knownAt) return;
    if (this.#state === 'free') this.#state = 'searching';
    else this.#learn(sentAt - this.#refusedAt);
    this.#answers = 0;
    this.#refusedAt = sentAt;
    this.#knownAt = this.#readTime();
    this.#next = Math.max(this.#next, this.#knownAt + this.#rest);
  }

  #learn(span: number): void {
    this.#rest = this.#answers === 0 ? Math.min(this.#rest * 2, longestRest) : shortestRest;
    this.#seen = { answers: this.#seen.answers / 2 + this.#answers, span: this.#seen.span / 2 + span };
    if (this.#seen.answers === 0) return;
    const rate = (this.#seen.answers * 1000) / this.#seen.span;
    const isSame = Math.abs(rate / this.#rate - 1) < tolerance;
    this.#growth = isSame ? Math.max(this.#growth / 10, slowest) : Math.min(this.#growth * 10, fastest);
    this.#state = 'known';
    this.#rate = rate;
  }

  async #release(signal: AbortSignal | undefined): Promise<number> {
    for (let wait: number; (wait = this.#next - this.#readTime()) > 0;) await pause(this.#clock, wait, signal);
    const now = this.#readTime();
    if (this.#state !== 'free') this.#next = Math.max(this.#next, now - catchUp) + 1000 / this.#findRate(now);
    return now;
  }

  #findRate(now: number): number {
    const seconds = (now - this.#refusedAt) / 1000;
    return this.#state === 'searching' ? searchRate * 4 ** seconds : this.#rate * (1 + this.#growth * seconds ** 3);
  }

  #readTime(): number {
    return this.#clock.monotonic?.() ?? this.#clock.now().getTime();
  }
}
