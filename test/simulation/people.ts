/** What people do by hand while rotations are under way. */
import type { Entry } from '../../src/journal/journal.ts';
import { statusOf } from './account.ts';
import type { Case } from './case.ts';
import { Consumer } from './consumers.ts';
import { hour, minute, second } from './scheduler.ts';
import type { World } from './world.ts';

type Act = (world: World, subject: Case) => void;

const thirdPair = { AccessKeyId: 'AKIATHIRDPAIR', secret: 'secret-of-another-not-to-be-seen' };

const harmless: readonly Act[] = [
  function rename({ account }, { user }) {
    account.rename(user);
  },
];

const disturbing: readonly Act[] = [
  function makeKey({ account }, { user }) {
    account.createKey(user, 'person');
  },
  function makeInactive({ account, random }, { user }) {
    const active = user.keys.filter((key) => statusOf(key) === 'Active');
    if (active.length > 0) account.change(random.pick(active), 'Inactive', 'person');
  },
  function deleteKey({ account, random }, { user }) {
    const keys = user.keys.filter((key) => statusOf(key) !== 'gone');
    if (keys.length > 0) account.change(random.pick(keys), 'gone', 'person');
  },
  function bringOldKeyBack({ account, scheduler, random }, subject) {
    if (statusOf(subject.old) !== 'Inactive') return;
    account.change(subject.old, 'Active', 'person');
    const habit = { hold: Infinity, every: random.between(10, 40) * minute };
    const until = scheduler.now + random.between(1, 40) * hour;
    subject.addConsumer(new Consumer(habit, subject.old, scheduler.now), until);
  },
  function useOldPairAgain({ scheduler, random }, subject) {
    // With a soak no longer than a use takes to show, a use may come to light after the gate: no evidence could tell.
    if (subject.options.soak - subject.options.evidenceLag < 2 * hour) return;
    const habit = { hold: Infinity, every: random.between(10, 40) * minute };
    const until = scheduler.now + random.between(1, 40) * hour;
    subject.addConsumer(new Consumer(habit, subject.old, scheduler.now), until);
  },
  function changePlace({ random }, { places, old }) {
    if (places.length > 0) random.pick(places).write(random.chance(0.7) ? old : thirdPair, 'person');
  },
  function undo({ subject: { requestUndo }, operators }, subject) {
    operators.get(subject)?.run((rotation) => requestUndo(rotation, 'a person'));
  },
  function force({ subject: { requestForce }, operators }, subject) {
    operators.get(subject)?.run(() => requestForce('in a hurry', 'a person'));
  },
];

/** Makes a key by hand while the rotation is about to make its own: at the worst moment, which chance alone rarely finds. */
export function meddle({ account, random, scheduler, cases, log, faults }: World, { type, record }: Entry): void {
  if (type !== 'create intended' || faults.lost === 0 || !random.chance(0.15)) return;
  const subject = cases.find((each) => each.owns(record));
  if (subject === undefined) return;
  subject.isDisturbed = true;
  scheduler.after(random.between(0, 20 * second), () => {
    log(`a person: makes a key for ${subject.name}`);
    account.createKey(subject.user, 'person');
  });
}

/** Lets some of it happen to some of the users, at any time before it is calm. */
export function disturb(world: World, until: number): void {
  const { random, scheduler, cases, log } = world;
  for (const subject of cases) {
    const acts = random.chance(0.5) ? [] : Array.from({ length: random.between(1, 3) }, () => random.pick(disturbing));
    if (random.chance(0.15)) acts.push(random.pick(harmless));
    for (const act of acts) {
      if (disturbing.includes(act)) subject.isDisturbed = true;
      // Half of it early, when there is most to disturb.
      const when = random.chance(0.5) ? random.between(0, 8 * hour) : random.between(0, until);
      scheduler.wakeAfter(when, () => {
        log(`a person: ${act.name} for ${subject.name}`);
        act(world, subject);
      });
    }
  }
}
