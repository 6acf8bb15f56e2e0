import { setTimeout as delay } from 'node:timers/promises';
import { describeInterruption, requireNotInterrupted } from './interruption.ts';

/** The time, and waiting: an argument, so that a test or a rehearsal can pass hours in a moment. */
export interface Clock {
  now(): Date;
  /**
   * Milliseconds since some moment, which setting the machine's clock does not move; where absent, {@link Clock.now} is
   * used for it.
   */
  monotonic?(): number;
  /** Resolves after so many milliseconds, or rejects as soon as the signal fires. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  // The clock of performance.now(), which the first look at `performance` would take 3 ms to load.
  monotonic: () => Number(process.hrtime.bigint()) / 1e6,
  wait: (milliseconds, signal) => delay(milliseconds, undefined, signal === undefined ? {} : { signal }),
};

/**
 * Waits by the given clock.
 *
 * @throws KeyturnError ERR_INTERRUPTED when the signal fires before the time is over
 */
export async function pause(clock: Clock, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  requireNotInterrupted(signal);
  try {
    await clock.wait(milliseconds, signal);
  } catch (error) {
    throw signal?.aborted ? describeInterruption(signal) : error;
  }
}

/**
 * Does a call whose answer should not be thrown away: a signal that fires reaches it so many milliseconds late.
 */
export async function withGrace<T>(
  clock: Clock,
  signal: AbortSignal | undefined,
  grace: number,
  call: (late: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const done = new AbortController();
  const giveUp = async () => {
    await clock.wait(grace, done.signal).catch(() => undefined);
    late.abort(signal?.reason);
  };
  signal?.addEventListener('abort', () => void giveUp(), { once: true, signal: done.signal });
  try {
    return await call(late.signal);
  } finally {
    done.abort();
  }
}
