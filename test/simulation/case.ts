/** One user whose key is rotated or retired: its places, its consumers, and what has happened to it. */
import type { Patience } from '../../src/rotation/index.ts';
import type { Author, Key, Pair, User } from './account.ts';
import { Consumer } from './consumers.ts';
import { Place } from './places.ts';
import { hour, minute } from './scheduler.ts';
import type { World } from './world.ts';

/** How a process of the operator gets the credentials that it signs with. */
export type Credentials = 'other identity' | 'the old key' | 'from a place';

export class Case {
  readonly number: number;
  readonly user: User;
  readonly old: Key;
  readonly kind: 'rotate' | 'retire';
  readonly places: Place[] = [];
  /** What stands under the names of local places on the other machine. */
  readonly elsewhere: Place[] = [];
  readonly consumers: Consumer[] = [];
  readonly options: Patience;
  readonly hasTrail: boolean;
  credentials: Credentials;
  openedAt: number;
  /** Whether somebody did by hand what a rotation has to stop for. */
  isDisturbed = false;
  readonly #world: World;
  readonly #deliveries = new Map<Author, number>();

  constructor(world: World, number: number) {
    const { account, random, scheduler } = world;
    this.#world = world;
    this.number = number;
    this.openedAt = scheduler.now;
    this.user = account.addUser(`user${number}`);
    this.old = makeOldKey(world, this.user);
    this.kind = random.chance(0.15) ? 'retire' : 'rotate';
    if (this.kind === 'retire' && random.chance(0.5)) makeOldKey(world, this.user);
    this.hasTrail = random.chance(0.85);
    const soak = random.pick([4, 6, 12, 24]) * hour;
    this.options = { soak, evidenceLag: 4 * hour, grace: random.pick([4, 12, 24]) * hour };
    this.credentials = random.chance(0.7) ? 'other identity' : random.pick(['the old key', 'from a place'] as const);
    if (this.kind === 'retire') this.credentials = 'other identity';
    else this.#furnish();
    this.#addConsumers();
  }

  get name(): string {
    return `r-${this.number}`;
  }

  owns(id: Author): boolean {
    return id.startsWith(`${this.name}.`);
  }

  /** When the last place got the new pair, in truth. */
  deliveredAt(id: Author): number {
    return this.#deliveries.get(id) ?? -Infinity;
  }

  addConsumer(consumer: Consumer, until = Infinity): void {
    const { scheduler, account, laws } = this.#world;
    this.consumers.push(consumer);
    const tick = (): void => {
      if (scheduler.now > until) return;
      const refusedBy = consumer.use(account);
      if (refusedBy !== undefined) laws.checkRefusal(consumer, refusedBy);
      scheduler.after(consumer.habit.every, tick);
    };
    scheduler.after(this.#world.random.between(0, consumer.habit.every), tick);
  }

  #furnish(): void {
    const { random, scheduler } = this.#world;
    for (let count = random.between(1, 3); count > 0; count--) {
      const about = {
        spec: `place${this.number}.${count}`,
        canRead: random.chance(0.75),
        host: random.chance(0.4) ? 'here' : undefined,
      };
      this.places.push(this.#addPlace(new Place(scheduler, { ...about, held: this.old })));
      if (about.host === undefined || random.chance(0.5)) continue;
      const held: Pair | undefined = random.chance(0.5) ? this.old : undefined;
      this.elsewhere.push(new Place(scheduler, { ...about, host: 'there', held }));
    }
  }

  #addPlace(place: Place): Place {
    const { laws, scheduler } = this.#world;
    place.onWrite = (_, pair, by) => {
      laws.checkPlaceWrite(place, pair, by);
      this.#deliveries.set(by, scheduler.now);
    };
    return place;
  }

  /** Such that nobody can be locked out who goes by the evidence: see laws.ts. */
  #addConsumers(): void {
    const { random, scheduler } = this.#world;
    const { soak, evidenceLag } = this.options;
    const spare = soak - evidenceLag - 40 * minute;
    for (const place of this.places) {
      const isStubborn = spare > hour && random.chance(0.3);
      const habit = isStubborn
        ? { hold: random.between(soak, 3 * soak), every: random.between(20 * minute, Math.min(spare, 2 * hour)) }
        : {
            hold: random.chance(0.3) ? 0 : random.between(0, soak - 15 * minute),
            every: random.between(10, 120) * minute,
          };
      this.addConsumer(new Consumer(habit, place, scheduler.now));
    }
    if (this.kind === 'rotate' || spare < hour || random.chance(0.5)) return;
    // Somebody uses it, and has for a while.
    this.old.uses.push({ at: scheduler.now, visibleAt: scheduler.now, ServiceName: 's3' });
    const habit = { hold: Infinity, every: random.between(10 * minute, Math.min(spare, 2 * hour)) };
    this.addConsumer(
      new Consumer(habit, this.old, scheduler.now - 30 * hour),
      scheduler.now + random.between(6, 30) * hour,
    );
  }
}

function makeOldKey({ account, random }: World, user: User): Key {
  const key = account.createKey(user, 'person', random.between(100, 400) * 24 * hour);
  if (key === undefined) throw new TypeError('a new user has room for a key');
  if (random.chance(0.8)) key.uses.push({ at: account.now - 3 * hour, visibleAt: account.now, ServiceName: 's3' });
  return key;
}
