/** Who carries on a rotation: starts processes on some machine, now and then two at once, and clears up what stops it. */
import type { Event, Rotation, RotationPorts, RunOutcome } from '../../src/rotation/index.ts';
import { nameOf, statusOf } from './account.ts';
import type { Case } from './case.ts';
import { ProcessJournal } from './memory-journal.ts';
import { SimulatedSink } from './places.ts';
import { SimulatedProcess } from './process.ts';
import { hour, minute, second } from './scheduler.ts';
import { SimulatedIam } from './simulated-iam.ts';
import type { World } from './world.ts';

/** What a person says to a rotation that is under way. */
export type Saying = (rotation: Rotation) => Event;

type End =
  | { readonly kind: 'died' }
  | { readonly kind: 'went'; readonly outcome: RunOutcome }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Failures in a row after which a person takes the rotation back. */
const patience = 8;

export class Operator {
  readonly #world: World;
  readonly #case: Case;
  #serial = 0;
  #appointment = 0;
  /** An error said that it has to go on where its files are. */
  #mustBeHere = false;
  #isTakenBack = false;
  /** Failures in a row, and the last of them. */
  failures = 0;
  lastFailure = '';
  /** What a person did to let it go on, a word each. */
  readonly cleared: string[] = [];

  constructor(world: World, subject: Case) {
    this.#world = world;
    this.#case = subject;
    world.scheduler.after(world.random.between(0, 6 * hour), () => {
      subject.openedAt = world.scheduler.now;
      this.run();
      this.#visitNowAndThen();
    });
  }

  /** The record of the rotation, once there is one. */
  get id(): string | undefined {
    return this.#world.store.recordOf(`${this.#world.account.id}/${this.#case.user.UserId}`);
  }

  get rotation(): Rotation | undefined {
    return this.id === undefined ? undefined : this.#world.subject.foldRotation(this.#world.store.read(this.id));
  }

  get isOver(): boolean {
    if (this.id === undefined) return this.#case.isDisturbed && this.failures > patience;
    return this.#world.store.isClosed(this.id);
  }

  /** Starts a process. */
  run(say?: Saying): void {
    const { random, scheduler, faults, log } = this.#world;
    if (this.isOver) return;
    const number = ++this.#serial;
    // It is begun where its files are.
    const isHere = this.id === undefined || this.#mustBeHere || random.chance(0.75);
    const host = isHere ? this.#world.here : this.#world.there;
    const id = this.id ?? `${this.#case.name}.${number}`;
    const name = `${id} process ${number} on ${host.name}`;
    const process = new SimulatedProcess({ name, host, scheduler, random, faults, log });
    process.onDeath = () => {
      this.#world.stats.deaths++;
      this.#follow({ kind: 'died' }, name);
    };
    this.#world.stats.processes++;
    this.#work(process, id, say).then(
      (outcome) => {
        this.#follow({ kind: 'went', outcome }, name);
      },
      (error: unknown) => {
        this.#follow({ kind: 'failed', error }, name);
      },
    );
  }

  /** From here on every visit asks for it. */
  takeBack(): void {
    this.#isTakenBack = true;
  }

  async #work(process: SimulatedProcess, id: string, say: Saying | undefined): Promise<RunOutcome> {
    const { subject, store } = this.#world;
    const ports = await this.#compose(process, id);
    if (store.read(id).length === 0) await this.#begin(ports, id);
    const rotation = subject.foldRotation(store.read(id));
    const said = rotation && this.#phrase(say, rotation);
    return subject.runRotation(ports, id, { signal: process.interruption.signal, say: said });
  }

  /** What cannot be said any more is left unsaid. */
  #phrase(say: Saying | undefined, rotation: Rotation): Event | undefined {
    try {
      return say?.(rotation);
    } catch (error) {
      this.#world.laws.checkError(error, rotation.id);
      return undefined;
    }
  }

  async #begin(ports: RotationPorts, id: string): Promise<void> {
    const { subject, account } = this.#world;
    const { user, old, kind, options } = this.#case;
    const { iam } = ports;
    const UserName = nameOf(user);
    const keys = [];
    for (const key of await iam.listKeys(UserName)) {
      keys.push({ ...key, LastUsed: (await iam.readLastUsed(key.AccessKeyId)).LastUsed });
    }
    const Arn = `arn:aws:iam::${account.id}:user/${UserName}`;
    const facts = {
      subject: { Account: account.id, UserId: user.UserId, UserName, Arn },
      keys,
      tagNames: user.tag === undefined ? [] : [user.tag],
      readAt: iam.now(),
    };
    const sinks = this.#case.places.map(({ spec }) => {
      const sink = ports.findSink(spec);
      if (sink === undefined)
        throw new subject.KeyturnError('ERR_SINK', `there is no ${spec} here`, { hint: 'go there' });
      return sink;
    });
    for (const sink of sinks) await sink.check(old.AccessKeyId);
    const terms = { sinks, options, caller: 'somebody' };
    subject.requirePatience(options, kind, false);
    const opened =
      kind === 'rotate' ? subject.openRotation(facts, terms) : subject.openRetirement(facts, old.AccessKeyId, terms);
    await subject.beginRotation(ports, id, opened);
  }

  async #compose(process: SimulatedProcess, id: string): Promise<RotationPorts> {
    const { account, subject, store, laws, log } = this.#world;
    const { host, name } = process.parts;
    const startedAt = account.now;
    const findSink = (spec: string): SimulatedSink | undefined => {
      const places = [...this.#case.places, ...this.#case.elsewhere];
      const place = places.find((each) => each.spec === spec && (each.host ?? host.name) === host.name);
      return place && new SimulatedSink(place, process, subject, id);
    };
    const iam = new SimulatedIam({
      account,
      process,
      subject,
      author: id,
      trail: { isReadable: this.#case.hasTrail },
      operator: await this.#findCredentials(findSink),
      onSigned: (AccessKeyId, action) => {
        laws.checkSigning(id, AccessKeyId, action, startedAt);
      },
    });
    return {
      iam,
      journal: new ProcessJournal(store, process, subject),
      clock: process.clock,
      findSink,
      holder: name,
      host: host.name,
      tell: (progress) => {
        log(`${name} tells ${JSON.stringify(progress)}`);
        laws.checkText(JSON.stringify(progress));
      },
    };
  }

  async #findCredentials(findSink: (spec: string) => SimulatedSink | undefined) {
    const { credentials, old, places } = this.#case;
    if (credentials === 'other identity') return undefined;
    if (credentials === 'the old key') return old;
    const readable = places.find(({ canRead, spec }) => canRead && findSink(spec) !== undefined);
    const held =
      readable &&
      (await findSink(readable.spec)
        ?.read()
        .catch(() => undefined));
    return held ? { AccessKeyId: held.AccessKeyId, secret: held.SecretAccessKey.reveal() } : undefined;
  }

  #follow(end: End, name: string): void {
    const { random, scheduler, log, stats, laws } = this.#world;
    if (end.kind === 'died') {
      this.#again(random.between(second, 30 * minute));
      return;
    }
    if (end.kind === 'went') {
      this.failures = 0;
      const { outcome } = end;
      log(`${name} ends: ${outcome.kind}${outcome.kind === 'waiting' ? ` until ${outcome.until.toISOString()}` : ''}`);
      if (outcome.kind === 'waiting') {
        // Some come early, as an impatient cron does.
        const late = random.chance(0.2) ? -random.between(0, hour) : random.between(0, 20 * minute);
        this.#again(Math.max(minute, outcome.until.getTime() - scheduler.now + late));
      }
      return;
    }
    stats.failures++;
    const { error } = end;
    laws.checkError(error, name);
    const { KeyturnError } = this.#world.subject;
    if (!(error instanceof KeyturnError)) return;
    log(`${name} fails: ${error.code} ${error.message}`);
    if (['ERR_LEASE', 'ERR_INTERRUPTED', 'ERR_JOURNAL', 'ERR_CONFLICTING_RECORD'].includes(error.code)) {
      this.#again(random.between(10 * second, 5 * minute));
      return;
    }
    this.failures++;
    this.lastFailure = `${error.code} ${error.message}`;
    if (error.code === 'ERR_SINK') this.#mustBeHere = true;
    this.#clear(error.code);
  }

  /** The newest appointment counts. */
  #again(milliseconds: number, say?: Saying): void {
    const appointment = ++this.#appointment;
    this.#world.scheduler.wakeAfter(milliseconds, () => {
      if (appointment === this.#appointment) this.run(say);
    });
  }

  /** Cron, which knows of nothing. */
  #visitNowAndThen(): void {
    if (this.isOver) return;
    this.#world.scheduler.wakeAfter(this.#world.random.between(2 * hour, 12 * hour), () => {
      this.run(this.#isTakenBack ? (rotation) => this.#world.subject.requestUndo(rotation, 'a person') : undefined);
      if (this.#world.random.chance(0.2)) this.run();
      this.#visitNowAndThen();
    });
  }

  /** What a person does about an error that comes again and again. */
  #clear(code: string): void {
    const { random } = this.#world;
    if (this.isOver) return;
    if (this.failures < 3) this.#again(random.between(minute, hour));
    else this.#again(random.between(minute, 2 * hour), this.#findRemedy(code));
  }

  #findRemedy(code: string): Saying | undefined {
    const { subject, random } = this.#world;
    const undo: Saying = (rotation) => subject.requestUndo(rotation, 'a person');
    if (code === 'ERR_UNKNOWN_KEY') return this.#accountForStrangers();
    if (code === 'ERR_UNKNOWN_OUTCOME' && this.#putBackBlindPlaces()) return this.#discardNewKey() ?? undo;
    if (code === 'ERR_CALLER' || code === 'ERR_CREDENTIALS') {
      this.#case.credentials = 'other identity';
      this.cleared.push(code);
      return undefined;
    }
    if (code === 'ERR_GATE') {
      this.cleared.push(code);
      return random.chance(0.3) ? (): Event => subject.requestForce('we know who it is', 'a person') : undo;
    }
    if (this.failures < patience || !(this.#case.isDisturbed || this.#world.isCalm)) return undefined;
    this.cleared.push(`gave up at ${this.lastFailure}`);
    return undo;
  }

  #accountForStrangers(): Saying | undefined {
    const { account, subject } = this.#world;
    const { user, old } = this.#case;
    const created = this.rotation?.creation.kind === 'created' ? this.rotation.creation.AccessKeyId : undefined;
    this.cleared.push('ERR_UNKNOWN_KEY');
    for (const key of user.keys.filter((each) => each !== old && statusOf(each) !== 'gone')) {
      if (this.#case.owns(key.maker) && key.AccessKeyId !== created) {
        return (rotation) => subject.requestDiscard(rotation, key.AccessKeyId, 'a person');
      }
      account.change(key, 'gone', 'person');
    }
    return undefined;
  }

  /** @returns whether a place that cannot be read was given the old pair by hand */
  #putBackBlindPlaces(): boolean {
    if (this.rotation?.creation.kind !== 'created' || this.rotation.deliveredAt !== undefined) return false;
    this.cleared.push('ERR_UNKNOWN_OUTCOME');
    const blind = this.#case.places.filter(({ canRead }) => !canRead);
    for (const place of blind) place.write(this.#case.old, 'person');
    for (const consumer of this.#case.consumers) consumer.restart();
    return blind.length > 0;
  }

  /** Somebody who knows all places says so only where it is true. */
  #discardNewKey(): Saying | undefined {
    const { rotation } = this;
    if (rotation?.creation.kind !== 'created') return undefined;
    const { AccessKeyId } = rotation.creation;
    if (this.#case.places.some(({ held }) => held?.AccessKeyId === AccessKeyId)) return undefined;
    return (now) => this.#world.subject.requestDiscard(now, AccessKeyId, 'a person');
  }
}
