/** What `keyturn contain` has done, for people: what could not be done comes first. */
import type { KeyCaller } from '../../iam/index.ts';
import { olderSessionsPolicy } from '../../iam/older-sessions.ts';
import type {
  ContainedKey,
  ContainReport,
  Failure,
  HolderOutcome,
  NotContained,
} from '../../rotation/contain/index.ts';
import { formatEvidence } from './access-keys.ts';
import { formatTime } from './time.ts';

/** The whole report. */
export function writeReport({ failures, refused, contained, holders }: ContainReport): string {
  const lines = [
    ...writeSection('could not be done', failures.flatMap(describeFailure)),
    ...writeSection('not contained', refused.flatMap(describeRefused)),
    ...writeSection('NEW KEYS, made since: not touched', holders.flatMap(describeNewKeys)),
    ...writeSection('contained', [...contained.flatMap(describeTarget), ...holders.flatMap(describeUser)]),
    ...contained.flatMap(describeEvidence),
    ...writeSection('next', describeNext(contained)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function writeSection(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function describeFailure({ what, Reason, Hint }: Failure): string[] {
  return [`${what}: ${Reason}`, ...(Hint === undefined ? [] : [`  ${Hint}`])];
}

/** Why a key is left as it is, and what to do about it. */
export function describeRefused({ AccessKeyId, Reason, Hint }: NotContained): string[] {
  return [`${AccessKeyId}: ${Reason}`, `  ${Hint}`];
}

function describeNewKeys({ newKeys }: HolderOutcome): string[] {
  return newKeys.flatMap(({ AccessKeyId, UserName, CreateDate }) => [
    `${AccessKeyId} of ${UserName}, made ${formatTime(CreateDate)}`,
    `  if nobody of yours made it: keyturn contain ${AccessKeyId}`,
  ]);
}

function describeTarget({ AccessKeyId, UserName, Status, LastUsed, isInactive, record }: ContainedKey): string[] {
  const was = Status === undefined || Status === 'Active' ? '' : `, as before`;
  const status = isInactive ? `Inactive${was}` : 'NOT made Inactive';
  return [
    `${AccessKeyId} of ${UserName ?? 'root'}: ${status}${record === undefined ? '' : `, record ${record}`}`,
    `  last used  ${formatEvidence(LastUsed)}`,
  ];
}

function describeUser({ UserName, sessionsDeniedBefore, quarantine, otherKeys }: HolderOutcome): string[] {
  return [
    ...(sessionsDeniedBefore === undefined
      ? []
      : [
          `sessions of ${UserName} from before ${formatTime(sessionsDeniedBefore)} are denied (${olderSessionsPolicy})`,
        ]),
    ...(quarantine.Kind === 'quarantined'
      ? [`AWS has quarantined ${UserName} (${quarantine.PolicyName}): left as it is`]
      : []),
    ...otherKeys.map(({ AccessKeyId, Status }) => `${UserName} has another key, which is ${Status}: ${AccessKeyId}`),
  ];
}

function describeEvidence({ AccessKeyId, evidence }: ContainedKey): string[] {
  if (evidence?.Kind !== 'read') return [];
  const { callers, changes, sessions, blindSpots } = evidence;
  return [
    ...writeSection(`who used ${AccessKeyId}, as CloudTrail shows`, [
      ...(callers.length === 0 ? ['no call is to be seen'] : callers.flatMap(describeCaller)),
      ...blindSpots.map((line) => `not seen: ${line}`),
    ]),
    ...writeSection(
      'what was changed, or tried to be',
      changes.map(({ EventTime, EventName, EventSource, sourceIPAddress = 'an unknown address', errorCode }) => {
        const end = errorCode === undefined ? '' : ` (${errorCode})`;
        return `${formatTime(EventTime)} ${nameService(EventSource)} ${EventName} from ${sourceIPAddress}${end}`;
      }),
    ),
    ...writeSection(
      'sessions made with it',
      sessions.flatMap((session) => [
        `${session.AccessKeyId} by ${session.EventName}, ${formatTime(session.EventTime)}`,
        ...(session.Arn === undefined
          ? []
          : [`  ${session.Arn}: a role's sessions go on until they are revoked there`]),
      ]),
    ),
  ];
}

function describeCaller(caller: KeyCaller): string[] {
  const { sourceIPAddress = 'an unknown address', userAgent = 'an unknown program' } = caller;
  const refused = caller.refused === 0 ? '' : `, ${caller.refused} refused`;
  const calls = `${caller.calls} ${caller.calls === 1 ? 'call' : 'calls'}`;
  return [
    `${sourceIPAddress}  ${nameService(caller.EventSource)}  ${calls}${refused}, last ${formatTime(caller.last)}`,
    `  with ${userAgent}`,
    `  ${caller.EventNames.join(', ')}`,
  ];
}

function nameService(EventSource: string): string {
  return EventSource.replace(/\.amazonaws\.com$/, '');
}

function describeNext(contained: readonly ContainedKey[]): string[] {
  return [
    'renew what the key could read, and look for what was left behind: docs/incident.md',
    ...contained.flatMap(({ AccessKeyId, record }) =>
      record === undefined ? [] : [`if it was no leak: keyturn undo ${record} (${AccessKeyId})`],
    ),
  ];
}
