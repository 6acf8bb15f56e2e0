/** What a rotation writes into the journal: the events, as JSON. None has room for a secret. */
import { KeyturnError } from '../errors.ts';
import type { LastUsed } from '../iam/index.ts';
import type { Entry, JsonObject, NewEntry } from '../journal/journal.ts';
import { reviveTimes } from '../journal/revive-times.ts';

/** Whose key it is. `UserId` is the name that does not change; UserName and Arn are as they were at the start. */
export interface Subject {
  readonly Account: string;
  readonly UserId: string;
  readonly UserName: string;
  readonly Arn: string;
}

/** Times in milliseconds. */
export interface Patience {
  /** How long the old key must stay unused after the delivery. */
  readonly soak: number;
  /** How late a reading of the last use must be to count. */
  readonly evidenceLag: number;
  /** How long the old key stays Inactive before it is deleted. */
  readonly grace: number;
  /** Why less evidence than usual is enough, in the words of who said so. */
  readonly forceGate?: string | undefined;
}

/** The first event: everything that does not change afterwards. */
export interface Opened {
  /** `retire` is a rotation without a new key. */
  readonly kind: 'rotate' | 'retire';
  readonly subject: Subject;
  readonly old: { readonly AccessKeyId: string; readonly Status: string; readonly CreateDate: Date };
  /** The evidence at the start. */
  readonly LastUsed: LastUsed;
  /** The places for the new pair, in the order in which they get it. */
  readonly sinks: readonly string[];
  /** Those of them that can say what they hold. */
  readonly readable: readonly string[];
  readonly options: Patience;
  /** The Region whose SES password goes with the pair. */
  readonly sesSmtp: string | undefined;
  /** Whether a tag of the user, with the old key's id as its name, describes the old key. */
  readonly describes: boolean;
  /** Who started it. */
  readonly caller: string;
  /** The machine that it was begun on: its places are on it, but for those that every machine reaches. */
  readonly host?: string | undefined;
}

export type GateName = 'deactivate' | 'delete';

/** One look at the old key's last use, and what was made of it. */
export interface GateReading {
  readonly gate: GateName;
  readonly LastUsed: LastUsed;
  /** When it was read, by AWS's clock. */
  readonly readAt: Date;
  readonly verdict: 'open' | 'wait' | 'blocked';
  readonly why: string;
  /** The key that signed the reading. */
  readonly signedBy: string;
}

type Failure = { readonly code: string; readonly message: string };

export type Event =
  | { readonly type: 'opened'; readonly data: Opened }
  | {
      readonly type: 'create intended';
      readonly data: { readonly baseline: readonly string[]; readonly signedBy: string };
    }
  | { readonly type: 'created'; readonly data: { readonly AccessKeyId: string } }
  /** The answer was lost: there may be a key. */
  | { readonly type: 'create unknown'; readonly data: Failure }
  /** A person said that a key is the one whose answer was lost. */
  | { readonly type: 'claimed'; readonly data: { readonly AccessKeyId: string; readonly by: string } }
  | { readonly type: 'nothing created'; readonly data: { readonly why: string } }
  | {
      readonly type: 'proven';
      readonly data: { readonly AccessKeyId: string; readonly attempts: number; readonly successes: number };
    }
  | { readonly type: 'not proven'; readonly data: { readonly AccessKeyId: string; readonly message: string } }
  | { readonly type: 'discard intended'; readonly data: { readonly AccessKeyId: string; readonly why: string } }
  | { readonly type: 'discarded'; readonly data: { readonly AccessKeyId: string } }
  | { readonly type: 'delivery intended'; readonly data: { readonly sink: string } }
  | { readonly type: 'delivery refused'; readonly data: { readonly sink: string } & Failure }
  | { readonly type: 'delivered'; readonly data: { readonly sink: string; readonly host: string } }
  | { readonly type: 'taken back'; readonly data: { readonly sink: string } }
  /** Somebody gave the user another name or path. */
  | { readonly type: 'renamed'; readonly data: { readonly UserName: string; readonly Arn: string } }
  | { readonly type: 'tag moved'; readonly data: { readonly from: string; readonly to: string } }
  | { readonly type: 'gate read'; readonly data: GateReading }
  | { readonly type: 'gate forced'; readonly data: { readonly reason: string; readonly by: string } }
  | { readonly type: 'deactivate intended'; readonly data: { readonly AccessKeyId: string } }
  /** `found`: somebody else had done it. */
  | { readonly type: 'deactivated'; readonly data: { readonly AccessKeyId: string; readonly found: boolean } }
  | { readonly type: 'delete intended'; readonly data: { readonly AccessKeyId: string } }
  | { readonly type: 'deleted'; readonly data: { readonly AccessKeyId: string; readonly found: boolean } }
  | { readonly type: 'settled'; readonly data: { readonly sink: string; readonly note: string } }
  | { readonly type: 'failed'; readonly data: { readonly step: string } & Failure }
  | { readonly type: 'undo intended'; readonly data: { readonly by: string } }
  | { readonly type: 'reactivated'; readonly data: { readonly AccessKeyId: string } }
  | {
      readonly type: 'restored';
      readonly data: { readonly sink: string; readonly isRestored: boolean; readonly note: string };
    }
  | { readonly type: 'closed'; readonly data: { readonly outcome: string } };

export type EventType = Event['type'];

const types: Readonly<Record<EventType, true>> = {
  opened: true,
  'create intended': true,
  created: true,
  'create unknown': true,
  claimed: true,
  'nothing created': true,
  proven: true,
  'not proven': true,
  'discard intended': true,
  discarded: true,
  'delivery intended': true,
  'delivery refused': true,
  delivered: true,
  'taken back': true,
  renamed: true,
  'tag moved': true,
  'gate read': true,
  'gate forced': true,
  'deactivate intended': true,
  deactivated: true,
  'delete intended': true,
  deleted: true,
  settled: true,
  failed: true,
  'undo intended': true,
  reactivated: true,
  restored: true,
  closed: true,
};

/** An event as the journal takes it. */
export function writeEvent(event: Event, at: Date): NewEntry {
  // Through JSON and back: times become ISO 8601, and what is undefined goes.
  const data = JSON.parse(JSON.stringify(event.data)) as JsonObject;
  return { at, type: event.type, data, closes: event.type === 'closed' };
}

/**
 * An entry as the event that it is.
 *
 * @throws KeyturnError ERR_JOURNAL for one that this version does not know
 */
export function readEvent(entry: Entry): Event {
  if (!isEventType(entry.type)) {
    throw new KeyturnError('ERR_JOURNAL', `${entry.record} has an entry of an unknown kind: ${entry.type}`, {
      hint: 'it was written by a newer version of Keyturn: use that one',
    });
  }
  const data: unknown = reviveTimes(entry.data, times);
  return { type: entry.type, data } as Event;
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(types, type);
}

const times = ['CreateDate', 'LastUsedDate', 'readAt'];
