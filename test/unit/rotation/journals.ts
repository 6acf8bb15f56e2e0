/** Journals of rotations, event by event, for tests of what is read out of them. */
import { firstPrevious } from '../../../src/journal/chain.ts';
import type { Entry } from '../../../src/journal/journal.ts';
import { foldRotation, writeEvent, type Event, type Opened, type Rotation } from '../../../src/rotation/index.ts';

export const hour = 3_600_000;
export const day = 24 * hour;
/** When every rotation here begins. */
export const start = new Date('2026-11-01T00:00:00Z');
export const later = (milliseconds: number): Date => new Date(start.getTime() + milliseconds);

export const oldKey = 'AKIAOLDOLDOLDOLDOLD1';
export const newKey = 'AKIANEWNEWNEWNEWNEW1';
export const sinks = ['profile:ci@/home/me/.aws/credentials', 'command:vault'];

export const opened: Opened = {
  kind: 'rotate',
  subject: {
    Account: '123456789012',
    UserId: 'AIDARZPUZDIKAAAAAAAAA',
    UserName: 'ci',
    Arn: 'arn:aws:iam::123456789012:user/ci',
  },
  old: { AccessKeyId: oldKey, Status: 'Active', CreateDate: later(-400 * day) },
  LastUsed: { Kind: 'never' },
  sinks,
  readable: sinks.slice(0, 1),
  options: { soak: day, evidenceLag: 4 * hour, grace: 7 * day },
  sesSmtp: undefined,
  describes: false,
  caller: 'arn:aws:iam::123456789012:user/admin',
};

/** A whole rotation, each event an hour after the one before but where it has to wait. */
export const rotated: readonly (readonly [after: number, event: Event])[] = [
  [0, { type: 'opened', data: opened }],
  [1, { type: 'create intended', data: { baseline: [oldKey], signedBy: 'AKIAADMIN' } }],
  [2, { type: 'created', data: { AccessKeyId: newKey } }],
  [3, { type: 'proven', data: { AccessKeyId: newKey, attempts: 3, successes: 3 } }],
  [4, { type: 'delivery intended', data: { sink: sinks[0] ?? '' } }],
  [5, { type: 'delivered', data: { sink: sinks[0] ?? '', host: 'here' } }],
  [6, { type: 'delivery intended', data: { sink: sinks[1] ?? '' } }],
  [7, { type: 'delivered', data: { sink: sinks[1] ?? '', host: 'here' } }],
  [day + 8, { type: 'gate read', data: readGate('deactivate', day + 8) }],
  [day + 9, { type: 'deactivate intended', data: { AccessKeyId: oldKey } }],
  [day + 10, { type: 'deactivated', data: { AccessKeyId: oldKey, found: false } }],
  [8 * day + 11, { type: 'gate read', data: readGate('delete', 8 * day + 11) }],
  [8 * day + 12, { type: 'delete intended', data: { AccessKeyId: oldKey } }],
  [8 * day + 13, { type: 'deleted', data: { AccessKeyId: oldKey, found: false } }],
  [8 * day + 14, { type: 'settled', data: { sink: sinks[0] ?? '', note: '' } }],
  [8 * day + 15, { type: 'settled', data: { sink: sinks[1] ?? '', note: '' } }],
  [8 * day + 16, { type: 'closed', data: { outcome: 'rotated' } }],
];

function readGate(gate: 'deactivate' | 'delete', after: number) {
  const reading = { LastUsed: { Kind: 'never' }, readAt: later(after) } as const;
  return { gate, ...reading, verdict: 'open', why: 'never used', signedBy: 'AKIAADMIN' } as const;
}

/** The rotation that a journal of these events tells of. */
export function tell(events: readonly (readonly [after: number, event: Event])[]): Rotation {
  const entries = events.map(([after, event], index): Entry => {
    const { at, type, data, closes = false } = writeEvent(event, later(after));
    const place = { record: 'r-test', subject: '123456789012/AIDARZPUZDIKAAAAAAAAA', number: index + 1 };
    return { ...place, at, type, data, closes, previous: firstPrevious, hash: firstPrevious };
  });
  const rotation = foldRotation(entries);
  if (rotation === undefined) throw new Error('these events are no rotation');
  return rotation;
}
