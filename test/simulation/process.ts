/** A process of the simulation: it may die or stop at every point where it waits, and comes back from a stop much later. */
import type { Clock } from '../../src/iam/clock.ts';
import type { Random } from './random.ts';
import { minute, second, type Scheduler } from './scheduler.ts';

/** What may go wrong, as probabilities at each point; all of them zero once it is calm. */
export interface Faults {
  death: number;
  freeze: number;
  interrupt: number;
  /** Of a call to AWS or a place. */
  lost: number;
  throttled: number;
  refused: number;
  /** Of a write to the journal. */
  journal: number;
}

export const calm: Readonly<Faults> = {
  death: 0,
  freeze: 0,
  interrupt: 0,
  lost: 0,
  throttled: 0,
  refused: 0,
  journal: 0,
};

export interface Host {
  readonly name: string;
  /** How wrong its clock is, in milliseconds. */
  readonly skew: number;
}

export interface ProcessParts {
  readonly name: string;
  readonly host: Host;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly faults: Faults;
  readonly log: (text: string) => void;
}

export class SimulatedProcess {
  readonly parts: ProcessParts;
  readonly interruption = new AbortController();
  isDead = false;
  onDeath: () => void = () => undefined;
  #frozenUntil = 0;

  constructor(parts: ProcessParts) {
    this.parts = parts;
  }

  get clock(): Clock {
    return {
      now: () => new Date(this.parts.scheduler.now + this.parts.host.skew),
      wait: (milliseconds, signal) => this.#wait(milliseconds, signal),
    };
  }

  /** A point where the process waits for a moment. */
  point(label: string): Promise<void> {
    const { random, faults, log, name, scheduler } = this.parts;
    if (random.chance(faults.death)) {
      log(`${name} dies ${label}`);
      this.isDead = true;
      scheduler.wakeAfter(0, this.onDeath);
    } else if (random.chance(faults.freeze)) {
      const milliseconds = random.between(20 * second, 15 * minute);
      log(`${name} stops for ${Math.round(milliseconds / second)} s ${label}`);
      this.#frozenUntil = scheduler.now + milliseconds;
    } else if (random.chance(faults.interrupt)) {
      log(`${name} is interrupted ${label}`);
      this.interruption.abort(new Error('Ctrl-C'));
    }
    return this.#wait(random.between(0, 40));
  }

  /**
   * Does something in the world: it is on its way for a while, and happens whatever becomes of the process meanwhile.
   *
   * @param rightBefore what is asked at the last moment before it is sent
   */
  async send<T>(label: string, act: () => T, rightBefore: () => void = () => undefined): Promise<T> {
    await this.point(`before ${label}`);
    rightBefore();
    const { random, scheduler } = this.parts;
    const outcome = await new Promise<{ value: T } | { error: unknown }>((resolve) => {
      scheduler.wakeAfter(random.chance(0.05) ? random.between(0, 10 * second) : random.between(20, 400), () => {
        try {
          resolve({ value: act() });
        } catch (error) {
          resolve({ error });
        }
      });
    });
    await this.point(`after ${label}`);
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  #wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const { scheduler } = this.parts;
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        if (this.isDead) return;
        if (scheduler.now < this.#frozenUntil) scheduler.wakeAfter(this.#frozenUntil - scheduler.now, wake);
        else resolve();
      };
      const giveUp = (): void => {
        reject(signal?.reason as Error);
      };
      if (signal?.aborted) giveUp();
      else signal?.addEventListener('abort', giveUp, { once: true });
      scheduler.wakeAfter(milliseconds, wake);
    });
  }
}
