/** What must hold whatever happens. Each law is told by the truth of the simulation, which the rotations do not see. */
import type { Rotation } from '../../src/rotation/index.ts';
import {
  changeAt,
  lastVisibleUse,
  replicas,
  statusOf,
  type Author,
  type Key,
  type Pair,
  type Status,
} from './account.ts';
import type { Case } from './case.ts';
import type { Consumer } from './consumers.ts';
import type { Place } from './places.ts';
import { hour, minute, second } from './scheduler.ts';
import type { World } from './world.ts';

/** How old a reading may be when it is acted upon: it counts for a minute, and a process may be held up under its lease. */
const oldestReading = 4 * minute;
/** AWS's time is known to the second. */
const tolerance = 2 * second;

export class Laws {
  readonly violations: string[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  break(law: string, detail: string): void {
    this.#world.log(`VIOLATION of "${law}": ${detail}`);
    this.violations.push(`${law}: ${detail}`);
  }

  /** Before a rotation changes the status of a key, or deletes it. */
  checkChange(key: Key, Status: Status, by: Author): void {
    if (by === 'person') return;
    const { rotation, subject } = this.#find(by);
    const id = key.AccessKeyId;
    if (key.maker !== by && !this.#world.isNamed(by, id)) {
      this.break('no key is touched that is not ours', `${id} by ${by}`);
      return;
    }
    if (id !== rotation.old.AccessKeyId) return;
    if (Status === 'Inactive') this.#checkDeactivation(key, rotation, subject);
    if (Status === 'gone') this.#checkDeletion(key, rotation);
    if (Status === 'Active' && rotation.undo === undefined) {
      this.break('only undo makes a key Active again', `${id} by ${by}`);
    }
  }

  #checkDeactivation(key: Key, rotation: Rotation, subject: Case): void {
    const { now } = this.#world.scheduler;
    const { AccessKeyId } = key;
    const reading = rotation.gates.deactivate;
    if (reading?.LastUsed.Kind === 'unknown')
      this.break('unknown never leads to a write', `${AccessKeyId} made Inactive`);
    if (rotation.kind === 'rotate' && rotation.deliveredAt === undefined) {
      this.break('the old key stays until the new one is delivered', `${AccessKeyId} made Inactive before`);
      return;
    }
    if (rotation.forced !== undefined) return;
    const wait = Math.max(rotation.options.soak, rotation.options.evidenceLag) - tolerance;
    const delivered = rotation.kind === 'rotate' ? subject.deliveredAt(rotation.id) : -Infinity;
    if (now - delivered < wait) {
      this.break(
        'the soak passes between delivery and deactivation',
        `${AccessKeyId} after ${(now - delivered) / hour} h`,
      );
    }
    const use = lastVisibleUse(key, now - oldestReading)?.at ?? -Infinity;
    if (use > delivered + tolerance && now - use < wait) {
      this.break('a use after the delivery starts the soak anew', `${AccessKeyId} used ${(now - use) / hour} h before`);
    }
  }

  #checkDeletion(key: Key, rotation: Rotation): void {
    const { gates, deactivatedAt, forced, options, deliveredAt, LastUsed } = rotation;
    const { now } = this.#world.scheduler;
    const { AccessKeyId } = key;
    const last = key.changes.at(-1);
    const isFresh = last?.by === 'person' && now - last.at < oldestReading;
    if (statusOf(key) === 'Active' && !isFresh) this.break('no Active key is deleted', AccessKeyId);
    if (gates.delete?.verdict !== 'open') {
      this.break('a second gate is read before the deletion', AccessKeyId);
    }
    if (gates.delete?.LastUsed.Kind === 'unknown')
      this.break('unknown never leads to a write', `${AccessKeyId} deleted`);
    if (forced !== undefined || deactivatedAt === undefined) return;
    const passed = now - deactivatedAt.getTime();
    if (passed < Math.max(options.grace, options.evidenceLag) - tolerance) {
      this.break('the grace passes between deactivation and deletion', `${AccessKeyId} after ${passed / hour} h`);
    }
    const known = gates.deactivate?.LastUsed ?? LastUsed;
    const use = lastVisibleUse(key, now - oldestReading)?.at ?? -Infinity;
    const knownUse = known.Kind === 'used' ? known.LastUsedDate.getTime() : -Infinity;
    if (use > Math.max(knownUse, deliveredAt?.getTime() ?? -Infinity)) {
      this.break('a use that shows late stops the deletion', AccessKeyId);
    }
  }

  /** Before a rotation makes a key. */
  checkCreation(by: Author): void {
    if (by === 'person' || this.#find(by).rotation.creation.kind === 'intended') return;
    this.break('a key is made after it was journaled that it would be', by);
  }

  /** Before a rotation writes a pair to a place. */
  checkPlaceWrite(place: Place, pair: Pair | undefined, by: Author): void {
    if (by === 'person' || pair === undefined) return;
    const entries = this.#world.store.read(by);
    const tells = (type: string) =>
      entries.some((entry) => entry.type === type && entry.data.AccessKeyId === pair.AccessKeyId);
    if (pair.AccessKeyId === this.#find(by).rotation.old.AccessKeyId) return;
    if (!tells('created')) this.break('no place gets a key that the journal does not know', `${place.spec} by ${by}`);
    if (!tells('proven')) this.break('no place gets a key that is not proven', `${place.spec} by ${by}`);
  }

  /** When a process signs a call. */
  checkSigning(by: Author, AccessKeyId: string, action: string, startedAt: number): void {
    const entries = this.#world.store.read(by);
    if (entries.length === 0) return;
    const { deliveredAt, undo, old } = this.#find(by).rotation;
    if (deliveredAt === undefined || undo !== undefined || old.AccessKeyId !== AccessKeyId) return;
    // A process that was stopped before the delivery may still ask something when it wakes: that only keeps the gate shut.
    if (startedAt < deliveredAt.getTime()) return;
    this.break('the old key signs nothing of ours after the delivery', `${action} by ${by}`);
  }

  /** What is told and kept holds no secret. */
  checkText(text: string): void {
    if (text.includes('secret-')) this.break('no secret is told or kept', text.slice(0, 200));
  }

  /** What ends a process says what to do about it. */
  checkError(error: unknown, by: string): void {
    const { KeyturnError, AwsError } = this.#world.subject;
    if (!(error instanceof KeyturnError)) {
      this.break('what stops a rotation is an error of ours', `${by}: ${String((error as Error).stack ?? error)}`);
      return;
    }
    this.checkText(`${error.message} ${error.hint ?? ''}`);
    if (error instanceof AwsError || error.code === 'ERR_INTERRUPTED' || error.hint !== undefined) return;
    this.break('every stop says what to do next', `${by}: ${error.code} ${error.message}`);
  }

  /** After every event: whoever reads a place now can sign at any replica. */
  checkPlaces(subject: Case): void {
    for (const place of subject.places) {
      const { held } = place;
      if (held === undefined) continue;
      const source = { by: place.changedBy, at: place.changedAt };
      for (const replica of replicas) {
        const why = this.#findLockout(held, replica, { place, source });
        if (why === undefined) continue;
        this.break('every place holds a pair that works', `${place.spec}, replica ${replica}: ${why}`);
        return;
      }
    }
  }

  /** When a consumer is refused. */
  checkRefusal(consumer: Consumer, replica: number): void {
    const { pair, place, source } = consumer;
    if (pair === undefined) return;
    const why = this.#findLockout(pair, replica, { place, source });
    if (why === undefined) return;
    this.break('nobody is locked out', `${place?.spec ?? 'somebody with the old pair by heart'}: ${why}`);
  }

  /** @returns why a pair does not work at a replica, where a rotation is to blame for it */
  #findLockout(
    { AccessKeyId, secret }: Pair,
    replica: number,
    { place, source }: { readonly place: Place | undefined; readonly source: Consumer['source'] },
  ): string | undefined {
    const { account, scheduler } = this.#world;
    const key = account.findKey(AccessKeyId);
    const change = key?.secret === secret ? changeAt(key, replica, scheduler.now) : undefined;
    if (change?.Status === 'Active') return undefined;
    if (change === undefined) {
      return source.by === 'person' ? undefined : `${AccessKeyId} is not known there yet, delivered by ${source.by}`;
    }
    // What a person took away, a rotation may take away for good.
    if (key?.changes.some(({ by, Status, at }) => by === 'person' && Status !== 'Active' && at <= change.at))
      return undefined;
    const rotation = this.#find(change.by).rotation;
    if (rotation.forced !== undefined) return undefined;
    const isByHand = source.by === 'person' && source.at > 0;
    const taken = key?.changes[key.changes.findLastIndex(({ Status }) => Status === 'Active') + 1];
    if (isByHand && !isKnowable(place, source.at, taken?.at ?? change.at)) return undefined;
    return `${AccessKeyId} is ${change.Status} by ${change.by}`;
  }

  #find(id: string): { rotation: Rotation; subject: Case } {
    const rotation = this.#world.subject.foldRotation(this.#world.store.read(id));
    const subject = this.#world.cases.find((each) => each.owns(id));
    if (rotation === undefined || subject === undefined) throw new TypeError(`there is no rotation ${id}`);
    return { rotation, subject };
  }
}

/** Whether a rotation could know that somebody gave out the old pair again at `since` before it took the key away. */
function isKnowable(place: Place | undefined, since: number, takenAt: number): boolean {
  // A use shows within four hours, and whoever has the pair by heart uses it at once and often.
  if (place === undefined) return takenAt - since > 5 * hour;
  // What a place holds is looked at when the gate is read, where it can be looked at from everywhere.
  return place.canRead && place.host === undefined && takenAt - since > oldestReading;
}
