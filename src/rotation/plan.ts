/**
 * What is left to do, as a list of steps with their reasons: a pure function of what the journal says, what this process
 * holds, and the time. The same facts give the same plan; run.ts performs its first step, writes down what came of it,
 * and asks again.
 *
 * The order is the product (docs/rotation.md): prove before delivering, deliver before soaking, a gate before the old key
 * is made Inactive and another before it is deleted.
 */
import type { GateName } from './event.ts';
import { earliestOpening, shortestWait } from './gate.ts';
import { isDeliveryBegun, newKeyOf, type Creation, type Rotation } from './rotation.ts';

export type Step =
  | { readonly kind: 'create'; readonly why: string }
  /** Finds out whether a CreateAccessKey without an answer made a key. */
  | { readonly kind: 'look'; readonly why: string; readonly notBefore: Date }
  | { readonly kind: 'prove'; readonly AccessKeyId: string; readonly why: string }
  | { readonly kind: 'deliver'; readonly sink: string; readonly AccessKeyId: string; readonly why: string }
  /** Gets the new pair from a place that has it; this process does not hold it. */
  | { readonly kind: 'recover'; readonly AccessKeyId: string; readonly why: string }
  | { readonly kind: 'discard'; readonly AccessKeyId: string; readonly why: string }
  | { readonly kind: 'move tag'; readonly from: string; readonly to: string; readonly why: string }
  | { readonly kind: 'wait'; readonly until: Date; readonly why: string }
  | { readonly kind: 'gate'; readonly gate: GateName; readonly AccessKeyId: string; readonly why: string }
  | { readonly kind: 'deactivate'; readonly AccessKeyId: string; readonly why: string }
  | { readonly kind: 'delete'; readonly AccessKeyId: string; readonly why: string }
  | { readonly kind: 'settle'; readonly sink: string; readonly why: string }
  | { readonly kind: 'reactivate'; readonly AccessKeyId: string; readonly why: string }
  | { readonly kind: 'restore'; readonly sink: string; readonly AccessKeyId: string; readonly why: string }
  | { readonly kind: 'close'; readonly outcome: string; readonly why: string };

/** What a process knows and the journal does not. */
export interface AtHand {
  /** The new key whose secret this process holds. */
  readonly pairOf: string | undefined;
}

/** Milliseconds after CreateAccessKey in which a key that was made may not be listed yet. */
export const listingDelay = 30_000;
/** Milliseconds for which a gate stays open after it was read. */
const readingCounts = 60_000;
/** New keys that may fail their proof before the rotation gives up. */
const proofsAtMost = 2;

/** The steps that are left, the next one first; none when the rotation is closed. */
export function planRotation(rotation: Rotation, now: Date, atHand: AtHand): readonly Step[] {
  if (!rotation.isOpen) return [];
  // Without the old key there is no way back; places that still hold it get the new one.
  if (rotation.isDeleted) return [...planLeftDeliveries(rotation, atHand), ...planEnd(rotation)];
  if (rotation.undo !== undefined) return planUndo(rotation);
  if (rotation.deactivatedAt !== undefined) return [...planDeletion(rotation, now, now), ...planEnd(rotation)];
  const before = rotation.kind === 'rotate' ? planNewKey(rotation, atHand) : [];
  if (before.at(-1)?.kind === 'close') return before;
  const inactive = planDeactivation(rotation, now);
  const inactiveFrom = inactive[0]?.kind === 'wait' ? inactive[0].until : now;
  return [...before, ...inactive, ...planDeletion(rotation, now, inactiveFrom), ...planEnd(rotation)];
}

function planNewKey(rotation: Rotation, atHand: AtHand): Step[] {
  const { creation, discarding, old } = rotation;
  if (creation.kind === 'intended') {
    return [
      {
        kind: 'look',
        notBefore: firstLook(creation),
        why: 'the answer to CreateAccessKey was lost: a key may have been made',
      },
      ...planFreshKey(rotation),
    ];
  }
  if (creation.kind === 'none') return planFreshKey(rotation);
  const { AccessKeyId } = creation;
  if (discarding !== undefined) return discardAndStartAgain(rotation, AccessKeyId, 'it is being taken away again');
  if (rotation.deliveredAt !== undefined) return planTag(rotation, AccessKeyId);
  if (atHand.pairOf !== AccessKeyId) {
    if (!isDeliveryBegun(rotation)) {
      return discardAndStartAgain(rotation, AccessKeyId, 'its secret is lost, and nobody was given it');
    }
    return [
      { kind: 'recover', AccessKeyId, why: 'some places may have the new pair, and this process does not' },
      ...planDeliveries(rotation, AccessKeyId),
      ...planTag(rotation, AccessKeyId),
    ];
  }
  const proof: Step[] = creation.isProven ? [] : [proveStep(AccessKeyId, old.AccessKeyId)];
  return [...proof, ...planDeliveries(rotation, AccessKeyId), ...planTag(rotation, AccessKeyId)];
}

function firstLook({ at, lostAt }: Extract<Creation, { readonly kind: 'intended' }>): Date {
  return new Date((lostAt ?? at).getTime() + listingDelay);
}

function planLeftDeliveries(rotation: Rotation, atHand: AtHand): Step[] {
  return rotation.deliveredAt === undefined && isDeliveryBegun(rotation) ? planNewKey(rotation, atHand) : [];
}

/** Stands in a plan for the id of a key that is not made yet. */
export const keyToCome = 'the new key';

function planFreshKey(rotation: Rotation): Step[] {
  if (rotation.failedProofs >= proofsAtMost) {
    return [{ kind: 'close', outcome: 'not proven', why: `${proofsAtMost} new keys did not come to work` }];
  }
  return [
    { kind: 'create', why: 'a second key, while the first goes on working' },
    proveStep(keyToCome, rotation.old.AccessKeyId),
    ...planDeliveries({ ...rotation, sinkStates: new Map() }, keyToCome),
    ...planTag(rotation, keyToCome),
  ];
}

function proveStep(AccessKeyId: string, old: string): Step {
  return { kind: 'prove', AccessKeyId, why: `nobody gets it, and ${old} is not touched, before it works` };
}

function discardAndStartAgain(rotation: Rotation, AccessKeyId: string, why: string): Step[] {
  return [{ kind: 'discard', AccessKeyId, why }, ...planFreshKey({ ...rotation, discarding: undefined })];
}

/** Places that can say what they hold come first: from them the pair can be had again after a crash. */
function planDeliveries({ sinks, sinkStates }: Rotation, AccessKeyId: string): Step[] {
  return sinks
    .filter((sink) => sinkStates.get(sink) !== 'new')
    .map((sink) => ({ kind: 'deliver', sink, AccessKeyId, why: 'the new pair in place of the old one' }));
}

function planTag({ isTagMoved, describes, old }: Rotation, AccessKeyId: string): Step[] {
  if (isTagMoved || !describes) return [];
  return [{ kind: 'move tag', from: old.AccessKeyId, to: AccessKeyId, why: 'a tag of the user describes the old key' }];
}

function planDeactivation(rotation: Rotation, now: Date): Step[] {
  const { old, kind, gates, LastUsed } = rotation;
  const { AccessKeyId } = old;
  const use = gates.deactivate?.LastUsed ?? LastUsed;
  const until =
    earliestOpening(rotation, 'deactivate', use) ?? new Date(now.getTime() + shortestWait(rotation, 'soak'));
  return [
    ...waitUntil(until, now, kind === 'rotate' ? 'the old key has to stay unused' : 'a use may show late'),
    ...readGate(rotation, 'deactivate', now, 'its last use is read again, late enough to mean something'),
    { kind: 'deactivate', AccessKeyId, why: 'nothing can be signed with it; keyturn undo makes it Active again' },
  ];
}

/** @param inactiveFrom when the old key is Inactive at the earliest, where it is not yet */
function planDeletion(rotation: Rotation, now: Date, inactiveFrom: Date): Step[] {
  const { gates, LastUsed, old } = rotation;
  const use = gates.delete?.LastUsed ?? LastUsed;
  const until =
    earliestOpening(rotation, 'delete', use) ?? new Date(inactiveFrom.getTime() + shortestWait(rotation, 'grace'));
  return [
    ...waitUntil(until, now, 'it stays Inactive: whoever misses it can have it back'),
    ...readGate(rotation, 'delete', now, 'its last use is read once more'),
    { kind: 'delete', AccessKeyId: old.AccessKeyId, why: 'for good' },
  ];
}

/** A reading that opened the gate counts for a minute; then the world may be another. */
function readGate({ gates, old }: Rotation, gate: GateName, now: Date, why: string): Step[] {
  const reading = gates[gate];
  const isFresh = reading?.verdict === 'open' && now.getTime() - reading.readAt.getTime() < readingCounts;
  return isFresh ? [] : [{ kind: 'gate', gate, AccessKeyId: old.AccessKeyId, why }];
}

function waitUntil(until: Date | undefined, now: Date, why: string): Step[] {
  return until === undefined || until.getTime() <= now.getTime() ? [] : [{ kind: 'wait', until, why }];
}

function planEnd({ sinks, settled, kind }: Rotation): Step[] {
  return [
    ...sinks
      .filter((sink) => !settled.has(sink))
      .map((sink): Step => ({ kind: 'settle', sink, why: 'the replaced pair is not kept any longer' })),
    { kind: 'close', outcome: kind === 'rotate' ? 'rotated' : 'retired', why: 'nothing is left to do' },
  ];
}

/** The old key first: from then on both pairs work, whichever a place holds. */
function planUndo(rotation: Rotation): Step[] {
  const { undo, old, sinks, sinkStates, kind, discarding } = rotation;
  const created = newKeyOf(rotation);
  const isBegun = isDeliveryBegun(rotation);
  // Whatever the journal knows: a deactivation may have been done and not written down, or somebody else did one.
  const isUntouched = kind === 'rotate' && !isBegun;
  const reactivate: Step[] =
    undo?.isReactivated === true || isUntouched
      ? []
      : [{ kind: 'reactivate', AccessKeyId: old.AccessKeyId, why: 'both keys work from here on' }];
  const restores = sinks
    .filter((sink) => sinkStates.get(sink) !== 'old' && undo?.restored.has(sink) !== true)
    .map((sink): Step => ({
      kind: 'restore',
      sink,
      AccessKeyId: old.AccessKeyId,
      why: 'the old pair in place of the new one',
    }));
  // A new key that nobody was given goes at once; one that somebody may hold is left to keyturn retire.
  const isHeld = [...sinkStates].some(([sink, state]) => state !== 'old' && undo?.restored.get(sink) === false);
  const discard: Step[] =
    created !== undefined && (!isBegun || (discarding !== undefined && !isHeld))
      ? [{ kind: 'discard', AccessKeyId: created, why: 'nobody was given it' }]
      : [];
  const look: Step[] =
    rotation.creation.kind === 'intended'
      ? [
          {
            kind: 'look',
            notBefore: firstLook(rotation.creation),
            why: 'a key may have been made',
          },
        ]
      : [];
  return [
    ...reactivate,
    ...look,
    ...restores,
    ...discard,
    { kind: 'close', outcome: 'undone', why: 'the rotation is taken back' },
  ];
}
