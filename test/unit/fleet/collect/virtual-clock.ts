import { setImmediate as settle } from 'node:timers/promises';
import type { Clock } from '../../../../src/iam/index.ts';

/** A clock whose time goes on when everybody waits, to the moment at which the first of them is done. */
export class VirtualClock implements Clock {
  #time = Date.parse('2026-11-23T12:00:00Z');
  readonly #waiting: { readonly until: number; readonly wake: () => void }[] = [];

  now(): Date {
    return new Date(this.#time);
  }

  wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
      this.#waiting.push({ until: this.#time + milliseconds, wake: resolve });
    });
  }

  /** Lets time go on until the work is done. */
  async runUntil<T>(work: Promise<T>): Promise<T> {
    const state = { isDone: false };
    const end = work.finally(() => {
      state.isDone = true;
    });
    end.catch(() => undefined);
    for (;;) {
      await settle();
      if (state.isDone) return end;
      const next = this.#waiting.sort((a, b) => a.until - b.until).shift();
      if (next === undefined) continue;
      this.#time = Math.max(this.#time, next.until);
      next.wake();
    }
  }
}
