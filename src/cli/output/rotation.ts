/** How a rotation is shown: as JSON, as a row of a list, as lines for a person. */
import type { JsonObject as JournalJson } from '../../journal/journal.ts';
import {
  describePhase,
  newKeyOf,
  printEvidence,
  type Rotation,
  type SinkState,
  type Step,
} from '../../rotation/index.ts';
import type { ListAnswer } from './answer.ts';
import type { JsonObject } from './json.ts';
import { formatRecord } from './table.ts';
import { formatAge, formatTime } from './time.ts';

/** A rotation and its next step. */
export interface RotationElement {
  readonly rotation: Rotation;
  /** Absent when it is over. */
  readonly next: Step | undefined;
}

export function toJsonRotation({ rotation, next }: RotationElement): JsonObject {
  const { id, kind, subject, old, openedAt, outcome, failure, deliveredAt, deactivatedAt, sinks, gates } = rotation;
  const created = newKeyOf(rotation);
  const until = next?.kind === 'wait' ? next.until : undefined;
  return {
    Id: id,
    Kind: kind,
    Phase: describePhase(rotation),
    Account: subject.Account,
    UserName: subject.UserName,
    UserId: subject.UserId,
    OldAccessKeyId: old.AccessKeyId,
    ...(created !== undefined && { NewAccessKeyId: created }),
    LastUsed: toJsonUse((gates.delete ?? gates.deactivate)?.LastUsed ?? rotation.LastUsed),
    Sinks: sinks.map((Sink) => ({ Sink, Holds: findState(rotation, Sink) })),
    StartedAt: formatTime(openedAt),
    ...(deliveredAt !== undefined && { DeliveredAt: formatTime(deliveredAt) }),
    ...(deactivatedAt !== undefined && { DeactivatedAt: formatTime(deactivatedAt) }),
    ...(next !== undefined && { NextStep: until === undefined ? next.kind : 'wait' }),
    ...(until !== undefined && { NextStepAt: formatTime(until) }),
    ...(failure !== undefined && { Failure: { Step: failure.step, Code: failure.code, Message: failure.message } }),
    ...(outcome !== undefined && { Outcome: outcome }),
  };
}

function toJsonUse(use: Rotation['LastUsed']): JsonObject {
  return use.Kind === 'used' ? { ...use, LastUsedDate: formatTime(use.LastUsedDate) } : { ...use };
}

/** How `rotations` prints its list. */
export function describeRotations(now: Date): ListAnswer<RotationElement> {
  return {
    member: 'Rotations',
    toJson: toJsonRotation,
    csvColumns: [
      'Id',
      'Kind',
      'Phase',
      'Account',
      'UserName',
      'OldAccessKeyId',
      'NewAccessKeyId',
      'StartedAt',
      'NextStep',
      'NextStepAt',
      'Outcome',
    ],
    columns: [
      { title: 'rotation' },
      { title: 'user', least: 8 },
      { title: 'phase' },
      { title: 'age' },
      { title: 'next', least: 12 },
    ],
    toRow: ({ rotation, next }) => [
      { text: rotation.id },
      { text: rotation.subject.UserName },
      { text: describePhase(rotation) },
      { text: formatAge(rotation.openedAt, now) },
      rotation.failure === undefined
        ? { text: describeNext(next), ...(next === undefined && { style: 'dim' as const }) }
        : { text: `stopped: ${rotation.failure.message}`, style: 'yellow' },
    ],
  };
}

function describeNext(next: Step | undefined): string {
  if (next === undefined) return '';
  return next.kind === 'wait' ? formatTime(next.until) : `${next.kind} now`;
}

/** A rotation in a few lines, for people. */
export function formatRotation(element: RotationElement): string {
  const { rotation, next } = element;
  const { id, kind, subject, old, sinks, gates, failure } = rotation;
  const created = newKeyOf(rotation);
  const use = (gates.delete ?? gates.deactivate)?.LastUsed ?? rotation.LastUsed;
  return formatRecord([
    ['rotation', `${id}, ${kind}, ${describePhase(rotation)}`],
    ['user', `${subject.UserName} (${subject.UserId}) of ${subject.Account}`],
    ['old key', `${old.AccessKeyId}, ${printEvidence(use)}`],
    ...(created === undefined ? [] : [['new key', created] as const]),
    ...sinks.map((sink) => ['place', `${sink}: ${sinkWords[findState(rotation, sink)]}`] as const),
    ...(failure === undefined ? [] : [['stopped', `${failure.step}: ${failure.message}`] as const]),
    ...(next === undefined ? [] : [['next step', describeNextLine(next)] as const]),
  ]);
}

function findState({ sinkStates, undo }: Rotation, sink: string): SinkState {
  return undo?.restored.get(sink) === true ? 'old' : (sinkStates.get(sink) ?? 'old');
}

const sinkWords = { old: 'holds the old key, or none', intended: 'being replaced', new: 'holds the new key' } as const;

function describeNextLine(next: Step): string {
  return next.kind === 'wait' ? `${formatTime(next.until)}: ${next.why}` : `${next.kind}: ${next.why}`;
}

/** What an entry says, in one line: its data without what stands elsewhere. */
export function summarizeEntry(data: JournalJson): string {
  return Object.entries(data)
    .flatMap(([name, value]) => (typeof value === 'object' || value === '' ? [] : [`${name} ${value.toString()}`]))
    .join(', ');
}
