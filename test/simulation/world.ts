/** One run of the simulation, all of it drawn from a seed. */
import { Account } from './account.ts';
import { Case } from './case.ts';
import { checkEnd } from './end.ts';
import { Laws } from './laws.ts';
import { MemoryStore } from './memory-journal.ts';
import { Operator } from './operator.ts';
import { disturb, meddle } from './people.ts';
import { calm, type Faults, type Host } from './process.ts';
import { Random } from './random.ts';
import { hour, minute, Scheduler } from './scheduler.ts';
import type { Subject } from './subject.ts';

/** Hours after which nothing fails any more and nobody does anything by hand. */
const stormLasts = 72 * hour;
/** How long every rotation may take to its end, once it is calm. */
const calmLasts = 20 * 24 * hour;

/** A run has some thousand events. */
const eventsAtMost = 60_000;

export interface Result {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly stats: { deaths: number; processes: number; failures: number; rotations: number };
  readonly outcomes: readonly string[];
  readonly log: readonly string[];
}

export class World {
  readonly subject: Subject;
  readonly random: Random;
  readonly scheduler = new Scheduler();
  readonly account: Account;
  readonly store: MemoryStore;
  readonly laws: Laws;
  readonly faults: Faults;
  readonly here: Host;
  readonly there: Host;
  readonly cases: Case[] = [];
  readonly operators = new Map<Case, Operator>();
  readonly stats = { deaths: 0, processes: 0, failures: 0, rotations: 0 };
  readonly lines: string[] = [];
  readonly #isLogged: boolean;

  constructor(subject: Subject, seed: number, isLogged: boolean) {
    this.subject = subject;
    this.#isLogged = isLogged;
    this.random = new Random(seed);
    this.account = new Account(this.random, this.scheduler);
    this.store = new MemoryStore(subject, this.scheduler);
    this.laws = new Laws(this);
    this.faults = drawFaults(this.random);
    this.here = { name: 'here', skew: this.random.between(-60, 60) * minute };
    this.there = { name: 'there', skew: this.random.between(-60, 60) * minute };
    this.account.onChange = (key, Status, by) => {
      this.log(`${key.AccessKeyId} is ${Status} by ${by}`);
      this.laws.checkChange(key, Status, by);
    };
    this.account.onCreate = (key) => {
      this.log(`${key.AccessKeyId} is made by ${key.maker}`);
      this.laws.checkCreation(key.maker);
    };
  }

  readonly log = (text: string): void => {
    if (this.#isLogged) this.lines.push(`${new Date(this.scheduler.now).toISOString().slice(5, 23)} ${text}`);
  };

  get isCalm(): boolean {
    return Object.values(this.faults).every((probability) => probability === 0);
  }

  /** Whether a key is the one that a rotation was begun for, or that a person gave it. */
  isNamed(id: string, AccessKeyId: string): boolean {
    const entries = this.store.read(id);
    if (this.subject.foldRotation(entries)?.old.AccessKeyId === AccessKeyId) return true;
    return entries.some(({ type, data }) => type === 'claimed' && data.AccessKeyId === AccessKeyId);
  }
}

export async function simulate(subject: Subject, seed: number, isLogged = false): Promise<Result> {
  const world = new World(subject, seed, isLogged);
  const { random, scheduler, cases, operators, laws } = world;
  for (let number = random.between(1, 3); number > 0; number--) {
    const each = new Case(world, number);
    cases.push(each);
    operators.set(each, new Operator(world, each));
  }
  disturb(world, stormLasts);
  world.store.onAppend = (entry) => {
    meddle(world, entry);
  };
  scheduler.after(stormLasts, () => {
    world.log('it is calm from here on');
    Object.assign(world.faults, calm);
  });
  // Where somebody goes on using the old key, the gate stays shut until a person decides.
  scheduler.after(stormLasts + calmLasts / 2, () => {
    for (const [each, operator] of operators) if (each.isDisturbed) operator.takeBack();
  });
  let events = 0;
  await scheduler.run(scheduler.now + stormLasts + calmLasts, () => {
    if (++events > eventsAtMost) laws.break('no rotation goes in circles', `${events} events`);
    for (const each of cases) laws.checkPlaces(each);
    return laws.violations.length === 0 && ![...operators.values()].every(({ isOver }) => isOver);
  });
  if (laws.violations.length === 0) checkEnd(world);
  const outcomes = [...operators.values()].map(({ rotation }) =>
    rotation?.isOpen === false ? (rotation.outcome ?? '') : 'open',
  );
  return {
    seed,
    violations: laws.violations,
    stats: { ...world.stats, rotations: cases.length },
    outcomes,
    log: world.lines,
  };
}

/** From a quiet day to a bad one. */
function drawFaults(random: Random): Faults {
  const share = random.pick([0, 0.3, 1]);
  return {
    death: random.pick([0, 0.003, 0.02]) * share,
    freeze: random.pick([0, 0.002, 0.01]) * share,
    interrupt: random.pick([0, 0.002]) * share,
    lost: random.pick([0, 0.02, 0.2]) * share,
    throttled: random.pick([0, 0.02, 0.1]) * share,
    refused: random.pick([0, 0.02, 0.1]) * share,
    journal: random.pick([0, 0, 0.02]) * share,
  };
}
