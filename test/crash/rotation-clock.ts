// A time that processes share: a wait of theirs passes in a moment, and takes the endpoint's clock along.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src/iam/index.ts';

/** Nothing sleeps longer than this: what is longer is the deadline of something that is under way, and runs by itself. */
const longestSleep = 60_000;

export class SharedClock implements Clock {
  readonly #file: string;

  /** @param file holds how many milliseconds the time is ahead; every process reads it anew */
  constructor(file: string) {
    this.#file = file;
  }

  /** Makes the file. */
  static make(file: string): SharedClock {
    writeFileSync(file, '0');
    return new SharedClock(file);
  }

  get ahead(): number {
    return Number(readFileSync(this.#file, 'utf8'));
  }

  now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  advance(milliseconds: number): void {
    const next = `${this.#file}.${process.pid}`;
    writeFileSync(next, String(this.ahead + milliseconds));
    renameSync(next, this.#file);
  }

  async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const isSleep = milliseconds <= longestSleep;
    await delay(isSleep ? 1 : milliseconds, undefined, { ref: isSleep, ...(signal && { signal }) });
    if (isSleep) this.advance(milliseconds);
  }
}
