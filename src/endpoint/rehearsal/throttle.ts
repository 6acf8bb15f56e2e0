import { compileScope, type Subject } from './scope.ts';
import type { Throttling } from './terms.ts';

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** As AWS throttles: a bucket of tokens for each action of each account, that fills up at a steady rate. */
export class Throttle {
  readonly #terms: Throttling;
  readonly #isMeant: (subject: Subject) => boolean;
  readonly #buckets = new Map<string, Bucket>();

  constructor(terms: Throttling) {
    this.#terms = terms;
    this.#isMeant = compileScope(terms);
  }

  /** Whether a request may pass; it takes a token then. */
  admit(subject: Subject, now: Date): boolean {
    if (!this.#isMeant(subject)) return true;
    const { rate, burst } = this.#terms;
    const name = `${subject.accountId} ${subject.service}:${subject.action}`;
    const bucket = this.#buckets.get(name) ?? { tokens: burst, filledAt: now.getTime() };
    const elapsed = Math.max(0, now.getTime() - bucket.filledAt);
    bucket.tokens = Math.min(burst, bucket.tokens + (elapsed / 1_000) * rate);
    bucket.filledAt = now.getTime();
    this.#buckets.set(name, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
