/**
 * A rotation as its journal tells it: what was meant, what was done. A pure fold over entries; it knows no time and no AWS.
 *
 * What is intended and has no outcome may or may not have been done; every step that follows is chosen so that both are
 * safe (plan.ts).
 */
import type { Entry } from '../journal/journal.ts';
import { readEvent, type GateReading, type Opened } from './event.ts';

/** What became of CreateAccessKey. */
export type Creation =
  | { readonly kind: 'none' }
  /** Sent, perhaps; the keys that the user had before. */
  | {
      readonly kind: 'intended';
      readonly at: Date;
      readonly baseline: readonly string[];
      /** When its answer was found to be lost; absent where nobody lived to say so. */
      readonly lostAt: Date | undefined;
    }
  | { readonly kind: 'created'; readonly AccessKeyId: string; readonly at: Date; readonly isProven: boolean };

/** How far a place is. `intended` may be either. */
export type SinkState = 'old' | 'intended' | 'new';

export interface Rotation extends Opened {
  readonly id: string;
  readonly openedAt: Date;
  readonly isOpen: boolean;
  readonly outcome: string | undefined;
  /** How many entries were read: what the next one is written after. */
  readonly entries: number;
  readonly creation: Creation;
  /** New keys that came to nothing. */
  readonly failedProofs: number;
  /** New keys that were deleted again: lists may show them for a while. */
  readonly discarded: ReadonlySet<string>;
  /** A new key that is being taken away again. */
  readonly discarding: string | undefined;
  readonly sinkStates: ReadonlyMap<string, SinkState>;
  /** When the last place got the new pair. */
  readonly deliveredAt: Date | undefined;
  readonly isTagMoved: boolean;
  /** The newest reading of each gate. */
  readonly gates: { readonly deactivate?: GateReading; readonly delete?: GateReading };
  readonly deactivatedAt: Date | undefined;
  readonly isDeleted: boolean;
  readonly settled: ReadonlySet<string>;
  /** Why a gate may open without the evidence for it. */
  readonly forced: string | undefined;
  /** The failure that stopped the last run, until something succeeds. */
  readonly failure: { readonly step: string; readonly code: string; readonly message: string } | undefined;
  readonly undo: Undo | undefined;
}

/** A rotation that is being taken back. */
export interface Undo {
  readonly isReactivated: boolean;
  /** Whether each place that was asked holds the old pair again. */
  readonly restored: ReadonlyMap<string, boolean>;
}

/** The new key, where there is one. */
export function newKeyOf({ creation }: Rotation): string | undefined {
  return creation.kind === 'created' ? creation.AccessKeyId : undefined;
}

/** Whether a place has, or may have, the new pair. */
export function isDeliveryBegun({ sinkStates }: Rotation): boolean {
  return [...sinkStates.values()].some((state) => state !== 'old');
}

/**
 * Reads a rotation out of its entries.
 *
 * @throws KeyturnError ERR_JOURNAL for entries that no Keyturn of this version wrote
 */
export function foldRotation(entries: readonly Entry[]): Rotation | undefined {
  const [first, ...rest] = entries;
  if (first?.record.startsWith('r-') !== true) return undefined;
  const opened = readEvent(first);
  if (opened.type !== 'opened') return undefined;
  let rotation = begin(first, opened.data);
  for (const entry of rest) rotation = { ...follow(rotation, entry), entries: entry.number };
  return rotation;
}

function begin({ record, at }: Entry, opened: Opened): Rotation {
  return {
    ...opened,
    id: record,
    openedAt: at,
    isOpen: true,
    outcome: undefined,
    entries: 1,
    creation: { kind: 'none' },
    failedProofs: 0,
    discarded: new Set(),
    discarding: undefined,
    sinkStates: new Map(opened.sinks.map((sink) => [sink, 'old'])),
    deliveredAt: undefined,
    isTagMoved: false,
    gates: {},
    deactivatedAt: undefined,
    isDeleted: false,
    settled: new Set(),
    forced: opened.options.forceGate,
    failure: undefined,
    undo: undefined,
  };
}

function follow(rotation: Rotation, entry: Entry): Rotation {
  const { at } = entry;
  const event = readEvent(entry);
  const now = event.type === 'failed' ? rotation : { ...rotation, failure: undefined };
  switch (event.type) {
    case 'opened':
      return rotation;
    case 'create intended':
      return { ...now, creation: { kind: 'intended', at, baseline: event.data.baseline, lostAt: undefined } };
    case 'create unknown':
      return now.creation.kind === 'intended' ? { ...now, creation: { ...now.creation, lostAt: at } } : now;
    case 'created':
    case 'claimed':
      return { ...now, creation: { kind: 'created', AccessKeyId: event.data.AccessKeyId, at, isProven: false } };
    case 'nothing created':
      return { ...now, creation: { kind: 'none' } };
    case 'proven':
      return now.creation.kind === 'created' ? { ...now, creation: { ...now.creation, isProven: true } } : now;
    case 'not proven':
      return { ...now, failedProofs: now.failedProofs + 1, discarding: event.data.AccessKeyId };
    case 'discard intended':
      return { ...now, discarding: event.data.AccessKeyId };
    case 'discarded':
      return {
        ...now,
        discarded: new Set([...now.discarded, event.data.AccessKeyId]),
        discarding: undefined,
        creation: { kind: 'none' },
        sinkStates: allOld(now),
      };
    case 'delivery intended':
      return withSink(now, event.data.sink, 'intended');
    case 'delivery refused':
    case 'taken back':
      return withSink(now, event.data.sink, 'old');
    case 'delivered':
      return closeDelivery(withSink(now, event.data.sink, 'new'), at);
    case 'renamed':
      return { ...rotation, subject: { ...rotation.subject, ...event.data } };
    case 'tag moved':
      return { ...now, isTagMoved: true };
    case 'gate read':
      return { ...now, gates: { ...now.gates, [event.data.gate]: event.data } };
    case 'gate forced':
      return { ...now, forced: event.data.reason };
    case 'deactivate intended':
    case 'delete intended':
      return now;
    case 'deactivated':
      return { ...now, deactivatedAt: at };
    case 'deleted':
      return { ...now, isDeleted: true };
    case 'settled':
      return { ...now, settled: new Set([...now.settled, event.data.sink]) };
    case 'failed':
      return { ...now, failure: event.data };
    case 'undo intended':
      return { ...now, undo: now.undo ?? { isReactivated: false, restored: new Map() } };
    case 'reactivated':
      return { ...now, deactivatedAt: undefined, undo: { ...begunUndo(now), isReactivated: true } };
    case 'restored': {
      const undo = begunUndo(now);
      return {
        ...now,
        undo: { ...undo, restored: new Map(undo.restored).set(event.data.sink, event.data.isRestored) },
      };
    }
    case 'closed':
      return { ...now, isOpen: false, outcome: event.data.outcome };
  }
}

function begunUndo({ undo }: Rotation): Undo {
  return undo ?? { isReactivated: false, restored: new Map() };
}

function allOld({ sinks }: Rotation): ReadonlyMap<string, SinkState> {
  return new Map(sinks.map((sink) => [sink, 'old']));
}

function withSink(rotation: Rotation, sink: string, state: SinkState): Rotation {
  return { ...rotation, sinkStates: new Map(rotation.sinkStates).set(sink, state) };
}

function closeDelivery(rotation: Rotation, at: Date): Rotation {
  const isWhole = [...rotation.sinkStates.values()].every((state) => state === 'new');
  return isWhole ? { ...rotation, deliveredAt: at } : rotation;
}
