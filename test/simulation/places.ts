/** Places for a key pair, in memory: readable and blind ones, on one machine or reached from all. */
import type { Delivery, KeyPair, Sink } from '../../src/rotation/index.ts';
import type { Author, Pair } from './account.ts';
import type { SimulatedProcess } from './process.ts';
import type { Scheduler } from './scheduler.ts';
import type { Subject } from './subject.ts';

export type PlaceWatch = (place: Place, pair: Pair | undefined, by: Author) => void;

export class Place {
  readonly spec: string;
  readonly canRead: boolean;
  /** The machine that it is on; undefined for one that all machines reach. */
  readonly host: string | undefined;
  held: Pair | undefined;
  /** What was replaced last, where the place keeps it. */
  kept: Pair | undefined;
  changedBy: Author = 'person';
  changedAt = 0;
  onWrite: PlaceWatch = () => undefined;
  readonly #scheduler: Scheduler;

  constructor(
    scheduler: Scheduler,
    about: { spec: string; canRead: boolean; host: string | undefined; held: Pair | undefined },
  ) {
    this.#scheduler = scheduler;
    this.spec = about.spec;
    this.canRead = about.canRead;
    this.host = about.host;
    this.held = about.held;
  }

  write(pair: Pair | undefined, by: Author): void {
    if (this.held?.AccessKeyId === pair?.AccessKeyId) return;
    this.onWrite(this, pair, by);
    this.kept = this.held;
    this.held = pair;
    this.changedBy = by;
    this.changedAt = this.#scheduler.now;
  }
}

/** A place as a process of a rotation reaches it. */
export class SimulatedSink implements Sink {
  readonly #place: Place;
  readonly #process: SimulatedProcess;
  readonly #subject: Subject;
  readonly #author: Author;

  constructor(place: Place, process: SimulatedProcess, subject: Subject, author: Author) {
    this.#place = place;
    this.#process = process;
    this.#subject = subject;
    this.#author = author;
  }

  get spec(): string {
    return this.#place.spec;
  }

  get name(): string {
    return this.#place.spec;
  }

  get canRead(): boolean {
    return this.#place.canRead;
  }

  get isShared(): boolean {
    return this.#place.host === undefined;
  }

  async check(replaces: string): Promise<void> {
    await this.#process.send(`checking ${this.spec}`, () => {
      this.#requireOurs([replaces]);
    });
  }

  async read(): Promise<KeyPair | undefined> {
    const { random, faults } = this.#process.parts;
    const fails = random.chance(faults.refused);
    return this.#process.send(`reading ${this.spec}`, () => {
      if (fails) throw this.#refuse('ERR_FILE', `${this.spec} cannot be read`);
      const { held } = this.#place;
      return held && { AccessKeyId: held.AccessKeyId, SecretAccessKey: new this.#subject.Secret(held.secret) };
    });
  }

  async deliver({ AccessKeyId, SecretAccessKey }: KeyPair, delivery: Delivery): Promise<void> {
    await this.#write(`delivery to ${this.spec}`, delivery, () => {
      this.#requireOurs([delivery.replaces ?? '', AccessKeyId]);
      this.#place.write({ AccessKeyId, secret: SecretAccessKey.reveal() }, this.#author);
    });
  }

  async restore(AccessKeyId: string, delivery: Delivery): Promise<boolean> {
    return this.#write(`restoring ${this.spec}`, delivery, () => {
      const { held, kept, canRead } = this.#place;
      if (!canRead) return false;
      if (held?.AccessKeyId === AccessKeyId) return true;
      if (kept?.AccessKeyId !== AccessKeyId || held?.AccessKeyId !== delivery.replaces) return false;
      this.#place.write(kept, this.#author);
      return true;
    });
  }

  async settle(AccessKeyId: string, delivery: Delivery): Promise<void> {
    await this.#write(`settling ${this.spec}`, delivery, () => {
      if (this.#place.kept?.AccessKeyId === AccessKeyId) this.#place.kept = undefined;
    });
  }

  /** May fail before, may fail after, and may not say which. */
  #write<T>(label: string, { signal, requireLease }: Delivery, act: () => T): Promise<T> {
    const { random, faults, name, log } = this.#process.parts;
    const isLost = random.chance(faults.lost);
    const isDone = !isLost || random.chance(0.5);
    const isRefused = random.chance(faults.refused);
    return this.#process.send(
      label,
      () => {
        if (isRefused) throw this.#refuse('ERR_FILE', `${this.spec} cannot be written`);
        log(`${name}: ${label}${isLost ? `, answer lost, ${isDone ? 'done' : 'not done'}` : ''}`);
        const done = isDone ? act() : undefined;
        if (isLost) throw this.#refuse('ERR_UNKNOWN_OUTCOME', `${this.spec} may have been written`);
        return done as T;
      },
      () => {
        if (signal?.aborted) throw this.#refuse('ERR_INTERRUPTED', 'interrupted');
        requireLease();
      },
    );
  }

  #requireOurs(ids: readonly string[]): void {
    const { held, canRead } = this.#place;
    if (!canRead || held === undefined || ids.includes(held.AccessKeyId)) return;
    throw this.#refuse('ERR_REFUSED', `${this.spec} holds another key`);
  }

  #refuse(code: 'ERR_FILE' | 'ERR_REFUSED' | 'ERR_UNKNOWN_OUTCOME' | 'ERR_INTERRUPTED', message: string): Error {
    return new this.#subject.KeyturnError(code, message, { hint: 'see to the place' });
  }
}
