/** One process at work on one rotation: the journal's state, and what only this process knows. */
import { KeyturnError } from '../errors.ts';
import { pause } from '../iam/clock.ts';
import { repeatTrial, type Proof } from '../iam/index.ts';
import type { Entry } from '../journal/journal.ts';
import { writeEvent, type Event } from './event.ts';
import type { HeldLease } from './lease.ts';
import type { Effect, RotationPorts } from './ports.ts';
import { foldRotation, type Rotation } from './rotation.ts';
import type { KeyPair, Sink } from './sink.ts';

export class Run {
  readonly ports: RotationPorts;
  readonly signal: AbortSignal | undefined;
  readonly id: string;
  /** When the lease was this run's, by AWS's clock: what others had begun is over. */
  readonly begunAt: Date;
  /** The user's name as it is now: names change, ids do not. */
  UserName: string;
  /** The new pair, while this process holds it. */
  pair: KeyPair | undefined;
  readonly #lease: HeldLease;
  #entries: readonly Entry[];
  #rotation: Rotation;

  constructor(
    ports: RotationPorts,
    options: {
      readonly id: string;
      readonly entries: readonly Entry[];
      readonly lease: HeldLease;
      readonly UserName: string;
      readonly signal: AbortSignal | undefined;
    },
  ) {
    this.ports = ports;
    this.id = options.id;
    this.begunAt = ports.iam.now();
    this.UserName = options.UserName;
    this.signal = options.signal;
    this.#lease = options.lease;
    this.#entries = options.entries;
    this.#rotation = requireRotation(options.id, options.entries);
  }

  get rotation(): Rotation {
    return this.#rotation;
  }

  /** Writes down what is meant, or what was done: durable when it returns. */
  async write(event: Event): Promise<void> {
    const { journal, iam } = this.ports;
    const entry = await journal.append(this.id, writeEvent(event, iam.now()), {
      after: this.#entries.length,
      lease: this.#lease.lease,
    });
    this.#entries = [...this.#entries, entry];
    this.#rotation = requireRotation(this.id, this.#entries);
  }

  /** Changes something in the world, under the lease. */
  async perform<T>(act: (effect: Effect) => Promise<T>): Promise<T> {
    return this.#lease.perform(this.signal, act);
  }

  async wait(milliseconds: number): Promise<void> {
    await pause(this.ports.clock, Math.max(0, milliseconds), this.signal);
  }

  /** Shows that a pair works, over time: nobody is given one that was not shown to. @throws NotProvenError */
  async prove(pair: KeyPair): Promise<Proof> {
    const { iam, clock } = this.ports;
    const { Arn } = this.#rotation.subject;
    const { signal } = this;
    this.waits(`trying ${pair.AccessKeyId} until it works several times in a row`);
    return repeatTrial(clock, pair.AccessKeyId, iam.makeTrial(pair, Arn, signal), { Arn, signal });
  }

  waits(text: string): void {
    this.ports.tell({ kind: 'waits', text });
  }

  did(text: string): void {
    this.ports.tell({ kind: 'did', text });
  }

  note(text: string): void {
    this.ports.tell({ kind: 'note', text });
  }

  /**
   * A place that is the one which is meant: a file by the same name on another machine is another place.
   *
   * @throws KeyturnError ERR_SINK
   */
  sinkHere(spec: string): Sink {
    const sink = this.sink(spec);
    if (this.isHere(sink)) return sink;
    throw new KeyturnError('ERR_SINK', `${spec} is on ${this.rotation.host ?? 'another machine'}, and not here`, {
      hint: `go on there: keyturn resume ${this.id}`,
    });
  }

  isHere(sink: Sink): boolean {
    const { host } = this.rotation;
    return sink.isShared === true || host === undefined || host === this.ports.host;
  }

  /** @throws KeyturnError ERR_SINK where this machine does not know the place */
  sink(spec: string): Sink {
    const sink = this.ports.findSink(spec);
    if (sink !== undefined) return sink;
    throw new KeyturnError('ERR_SINK', `there is no ${spec} here`, {
      hint: 'go on where keyturn.yaml names it, or with the --config that was used before',
    });
  }
}

/** @throws KeyturnError ERR_JOURNAL where there is no such rotation */
export function requireRotation(id: string, entries: readonly Entry[]): Rotation {
  const rotation = foldRotation(entries);
  if (rotation !== undefined) return rotation;
  throw new KeyturnError('ERR_JOURNAL', `there is no rotation ${id} in this journal`, {
    hint: 'keyturn rotations lists those that are; --journal names another journal',
  });
}
