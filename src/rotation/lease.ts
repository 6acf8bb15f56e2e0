/** The right to act on a user, held while there is something to do: renewed before each effect, which it outlasts. */
import { KeyturnError } from '../errors.ts';
import type { Clock } from '../iam/index.ts';
import type { Journal, Lease } from '../journal/journal.ts';
import type { Effect } from './ports.ts';

/** Milliseconds that a lease lasts: longer than the longest effect, the proof of a new key. */
const leaseLasts = 150_000;
/** Milliseconds before its end from which nothing is begun any more. */
const margin = 15_000;

/** Who takes a lease. */
export interface LeaseTaker {
  readonly journal: Journal;
  readonly clock: Clock;
  /** This process, for messages. */
  readonly holder: string;
  /** Whether a holder is known to be dead, so that nobody has to wait for the end of its lease; absent where that cannot be known. */
  readonly isGone?: ((holder: string) => boolean) | undefined;
}

export class HeldLease {
  readonly #journal: Journal;
  readonly #clock: Clock;
  #lease: Lease;

  private constructor(journal: Journal, clock: Clock, lease: Lease) {
    this.#journal = journal;
    this.#clock = clock;
    this.#lease = lease;
  }

  /**
   * @param subject `ACCOUNT/UserId`
   * @throws KeyturnError ERR_LEASE naming who holds it
   */
  static async take({ journal, clock, holder, isGone }: LeaseTaker, subject: string): Promise<HeldLease> {
    let answer = await journal.takeLease(subject, holder, leaseLasts);
    if (answer.kind === 'held' && isGone?.(answer.holder) === true) {
      await journal.releaseLease({ subject, token: answer.token });
      answer = await journal.takeLease(subject, holder, leaseLasts);
    }
    if (answer.kind === 'taken') return new HeldLease(journal, clock, answer.lease);
    throw new KeyturnError('ERR_LEASE', `${answer.holder} is at work on this user`, {
      hint: `wait for it; if that process is dead, its lease ends at ${answer.until.toISOString()}`,
    });
  }

  get lease(): Lease {
    return this.#lease;
  }

  /**
   * Does one thing to the world: the lease is renewed first, and the signal fires before it ends.
   *
   * @throws KeyturnError ERR_LEASE when it is no longer ours
   */
  async perform<T>(signal: AbortSignal | undefined, act: (effect: Effect) => Promise<T>): Promise<T> {
    this.#lease = await this.#journal.renewLease(this.#lease, leaseLasts);
    const end = this.#lease.until.getTime() - margin;
    const requireLease = (): void => {
      if (this.#clock.now().getTime() < end) return;
      throw new KeyturnError('ERR_LEASE', 'this process was held up for longer than its lease lasts', {
        hint: 'nothing was sent; somebody else may have gone on: see keyturn rotations',
      });
    };
    const timeUp = new AbortController();
    const done = new AbortController();
    void this.#clock.wait(Math.max(0, end - this.#clock.now().getTime()), done.signal).then(
      () => {
        timeUp.abort(
          new KeyturnError('ERR_LEASE', 'this took longer than the lease of the user lasts, and was given up', {
            hint: 'resume it: what was done is found out first',
          }),
        );
      },
      () => undefined,
    );
    try {
      requireLease();
      const both = signal === undefined ? timeUp.signal : AbortSignal.any([signal, timeUp.signal]);
      return await act({ signal: both, requireLease });
    } catch (error) {
      throw timeUp.signal.aborted && signal?.aborted !== true && isInterruption(error) ? timeUp.signal.reason : error;
    } finally {
      done.abort();
    }
  }

  async release(): Promise<void> {
    await this.#journal.releaseLease(this.#lease);
  }
}

function isInterruption(error: unknown): boolean {
  return error instanceof KeyturnError && error.code === 'ERR_INTERRUPTED';
}
