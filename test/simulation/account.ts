/**
 * IAM as it really is, and as its replicas know it: a change is true at once and becomes known to each replica after its
 * own delay. Every read, and every look at whether something exists, happens at a replica taken at random.
 */
import type { Random } from './random.ts';
import { hour, minute, second, type Scheduler } from './scheduler.ts';

/** Who changed something: a rotation by its id, or `person`. */
export type Author = string;
export type Status = 'Active' | 'Inactive' | 'gone';

export interface Pair {
  readonly AccessKeyId: string;
  readonly secret: string;
}

interface Known {
  readonly at: number;
  /** When each replica knows it. */
  readonly seen: readonly number[];
}

export interface StatusChange extends Known {
  readonly Status: Status;
  readonly by: Author;
}

interface Use {
  readonly at: number;
  readonly visibleAt: number;
  readonly ServiceName: string;
}

export interface Key extends Pair {
  readonly user: User;
  readonly maker: Author;
  readonly createdAt: number;
  /** When CloudTrail tells of its creation. */
  readonly trailAt: number;
  readonly changes: StatusChange[];
  /** The uses that are kept: one in fifteen minutes. */
  readonly uses: Use[];
}

export interface User {
  readonly UserId: string;
  readonly names: (Known & { readonly name: string })[];
  readonly keys: Key[];
  /** The id of the key that a tag describes. */
  tag: string | undefined;
}

export const replicas = [0, 1, 2];
export const quota = 2;
/** How late a replica may be, in milliseconds. */
export const slowestReplica = 14 * second;
const useWindow = 15 * minute;
const latestUse = 4 * hour;

/** What a change by anyone is announced to before it is made. */
export type Watch = (key: Key, Status: Status, by: Author) => void;

export class Account {
  readonly id = '123456789012';
  readonly users: User[] = [];
  onChange: Watch = () => undefined;
  onCreate: (key: Key) => void = () => undefined;
  readonly #random: Random;
  readonly #scheduler: Scheduler;
  #serial = 0;

  constructor(random: Random, scheduler: Scheduler) {
    this.#random = random;
    this.#scheduler = scheduler;
  }

  get now(): number {
    return this.#scheduler.now;
  }

  replica(): number {
    return this.#random.pick(replicas);
  }

  addUser(name: string): User {
    const user: User = { UserId: `AIDA${name.toUpperCase()}`, names: [], keys: [], tag: undefined };
    user.names.push({ name, at: this.now, seen: replicas.map(() => 0) });
    this.users.push(user);
    return user;
  }

  rename(user: User): void {
    const name = `${nameOf(user)}x`;
    user.names.push({ name, at: this.now, seen: this.#spread(user.names.at(-1)) });
  }

  findUser(name: string, replica: number): User | undefined {
    return this.users.find((user) => nameAt(user, replica, this.now) === name);
  }

  /** Counts what is really there: the quota is never exceeded. */
  createKey(user: User, maker: Author, age = 0): Key | undefined {
    if (user.keys.filter((key) => statusOf(key) !== 'gone').length >= quota) return undefined;
    const serial = String(++this.#serial).padStart(4, '0');
    const key: Key = {
      AccessKeyId: `AKIASIMULATION${serial.replace(/./g, (digit) => 'ABCDEFGHIJ'[Number(digit)] ?? '')}`,
      secret: `secret-${serial}-not-to-be-seen`,
      user,
      maker,
      createdAt: this.now - age,
      trailAt: this.now + this.#random.between(minute, 15 * minute),
      changes: [],
      uses: [],
    };
    if (age === 0) this.onCreate(key);
    user.keys.push(key);
    key.changes.push({
      Status: 'Active',
      by: maker,
      at: this.now,
      seen: age > 0 ? replicas.map(() => 0) : this.#spread(),
    });
    return key;
  }

  change(key: Key, Status: Status, by: Author): void {
    if (statusOf(key) === Status) return;
    this.onChange(key, Status, by);
    key.changes.push({ Status, by, at: this.now, seen: this.#spread(key.changes.at(-1)) });
  }

  findKey(AccessKeyId: string): Key | undefined {
    return this.users.flatMap(({ keys }) => keys).find((key) => key.AccessKeyId === AccessKeyId);
  }

  /** The keys of a user as a replica lists them. */
  listKeys(user: User, replica: number): Key[] {
    return user.keys.filter((key) => isListed(statusAt(key, replica, this.now)));
  }

  /** Signs something with a pair: a use of the key, where it works. */
  sign(pair: Pair, replica: number, ServiceName: string): boolean {
    const key = this.findKey(pair.AccessKeyId);
    if (key?.secret !== pair.secret || statusAt(key, replica, this.now) !== 'Active') return false;
    const last = key.uses.at(-1);
    if (last === undefined || this.now - last.at >= useWindow) {
      // Seconds are all that IAM keeps.
      const at = Math.floor(this.now / second) * second;
      key.uses.push({ at, visibleAt: this.now + this.#random.between(0, latestUse - minute), ServiceName });
    }
    return true;
  }

  #spread(before?: Known): number[] {
    return replicas.map((replica) => {
      const delay = this.#random.chance(0.2) ? slowestReplica : 4 * second;
      return Math.max(before?.seen[replica] ?? 0, this.now + this.#random.between(0, delay));
    });
  }
}

export function lastVisibleUse(key: Key, now: number): Use | undefined {
  return key.uses.findLast(({ visibleAt }) => visibleAt <= now);
}

export function nameOf(user: User): string {
  return user.names.at(-1)?.name ?? '';
}

function nameAt(user: User, replica: number, now: number): string | undefined {
  return user.names.findLast(({ seen }) => (seen[replica] ?? 0) <= now)?.name;
}

/** The truth. */
export function statusOf(key: Key): Status {
  return key.changes.at(-1)?.Status ?? 'gone';
}

export function changeAt(key: Key, replica: number, now: number): StatusChange | undefined {
  return key.changes.findLast(({ seen }) => (seen[replica] ?? 0) <= now);
}

export function statusAt(key: Key, replica: number, now: number): Status | undefined {
  return changeAt(key, replica, now)?.Status;
}

function isListed(status: Status | undefined): boolean {
  return status === 'Active' || status === 'Inactive';
}
