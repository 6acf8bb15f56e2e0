/** What `keyturn contain` is about to do, and the JSON of what it has done: docs/contract.md. */
import type { AccessKeyMetadata, LastUsed } from '../../iam/index.ts';
import type {
  ContainedKey,
  ContainPlan,
  ContainReport,
  HolderOutcome,
  KeyEvidence,
  KeyHolder,
  NotContained,
} from '../../rotation/contain/index.ts';
import { formatEvidence } from './access-keys.ts';
import type { Answer } from './answer.ts';
import { describeRefused, writeReport } from './containment-text.ts';
import type { JsonObject } from './json.ts';
import { formatAge, formatTime } from './time.ts';

/** What is about to be done, for people. */
export function describeContainPlan(plan: ContainPlan, endpoint: string, now: Date): string[] {
  const { targets, holders, refused, Account, callerArn } = plan;
  const keys = holders.flatMap((holder) => ('Reason' in holder.keys ? [] : holder.keys));
  const ageOf = (id: string): string => {
    const key = keys.find(({ AccessKeyId }) => AccessKeyId === id);
    return key === undefined ? '' : `, ${formatAge(key.CreateDate, now)} old`;
  };
  return [
    'contain leaked access keys: make them Inactive, deny the older sessions of their users',
    ...targets.flatMap(({ AccessKeyId, UserName, Status, LastUsed }) => [
      `  ${AccessKeyId} of ${UserName ?? 'root'}: ${Status ?? 'status unknown'}${ageOf(AccessKeyId)}`,
      `    last used  ${formatEvidence(LastUsed)}`,
    ]),
    ...refused.flatMap(describeRefused).map((line) => `  not: ${line.trimStart()}`),
    `  account    ${Account}`,
    `  caller     ${callerArn}`,
    `  endpoint   ${endpoint}`,
  ];
}

/** The answer of `--dry-run`. */
export function describePlanned(plan: ContainPlan): Answer {
  const { targets, refused, consequence } = plan;
  const steps = plan.steps.map((step) =>
    step.kind === 'deactivate'
      ? `make ${step.target.AccessKeyId} Inactive`
      : `deny the older sessions of ${step.holder.UserName}`,
  );
  const document: JsonObject = {
    Planned: targets.map(({ AccessKeyId, UserName, Status, LastUsed }) => ({
      AccessKeyId,
      ...(UserName !== undefined && { UserName }),
      ...(Status !== undefined && { Status }),
      LastUsed: describeUse(LastUsed),
    })),
    Steps: steps,
    NotContained: refused.map(toJson),
    ...(consequence !== undefined && { Consequence: consequence }),
  };
  const lines = [...steps, 'then: look for new keys, and read CloudTrail', ...(consequence ? [consequence] : [])];
  return { document, table: lines.map((line) => `${line}\n`).join('') };
}

/** The answer: what could not be done comes first. */
export function describeReport(report: ContainReport, { Account }: ContainPlan): Answer {
  const { failures, refused, contained, holders } = report;
  const document: JsonObject = {
    Failures: failures.map(({ what, Reason, Hint }) => ({ What: what, Reason, ...(Hint !== undefined && { Hint }) })),
    NotContained: refused.map(toJson),
    NewAccessKeys: holders.flatMap(({ newKeys }) => newKeys.map(describeKey)),
    Contained: contained.map((key) => describeContained(key, Account)),
    Users: holders.map(describeHolder),
  };
  return { document, table: writeReport(report) };
}

function describeContained(key: ContainedKey, Account: string): JsonObject {
  const { AccessKeyId, UserName, Status, LastUsed, isInactive, record, evidence } = key;
  return {
    AccessKeyId,
    Account,
    ...(UserName !== undefined && { UserName }),
    IsInactive: isInactive,
    ...(Status !== undefined && { PreviousStatus: Status }),
    LastUsed: describeUse(LastUsed),
    ...(record !== undefined && { Record: record }),
    ...(evidence !== undefined && { Evidence: describeTrail(evidence) }),
  };
}

function describeTrail(evidence: KeyEvidence): JsonObject {
  if (evidence.Kind === 'unknown') return { Kind: 'unknown', Reason: evidence.Reason };
  const { callers, changes, sessions, blindSpots } = evidence;
  return {
    Kind: 'read',
    Callers: callers.map(({ sourceIPAddress, userAgent, EventSource, calls, refused, first, last, EventNames }) => ({
      ...(sourceIPAddress !== undefined && { sourceIPAddress }),
      ...(userAgent !== undefined && { userAgent }),
      EventSource,
      Calls: calls,
      Refused: refused,
      First: formatTime(first),
      Last: formatTime(last),
      EventNames,
    })),
    Changes: changes.map(({ EventTime, EventName, EventSource, sourceIPAddress, errorCode }) => ({
      EventTime: formatTime(EventTime),
      EventName,
      EventSource,
      ...(sourceIPAddress !== undefined && { sourceIPAddress }),
      ...(errorCode !== undefined && { errorCode }),
    })),
    Sessions: sessions.map(({ AccessKeyId, EventName, EventTime, Arn, madeWith }) => ({
      AccessKeyId,
      EventName,
      EventTime: formatTime(EventTime),
      ...(Arn !== undefined && { Arn }),
      MadeWith: madeWith,
    })),
    BlindSpots: blindSpots,
  };
}

function describeHolder({ UserName, quarantine, sessionsDeniedBefore, otherKeys }: HolderOutcome): JsonObject {
  return {
    UserName,
    ...(sessionsDeniedBefore && { SessionsDeniedBefore: formatTime(sessionsDeniedBefore) }),
    Quarantine: describeQuarantine(quarantine),
    OtherAccessKeys: otherKeys.map(describeKey),
  };
}

function describeQuarantine(quarantine: KeyHolder['quarantine']): JsonObject {
  return { ...quarantine };
}

function describeKey({ UserName, AccessKeyId, Status, CreateDate }: AccessKeyMetadata): JsonObject {
  return { UserName, AccessKeyId, Status, CreateDate: formatTime(CreateDate) };
}

function describeUse(use: LastUsed): JsonObject {
  return use.Kind === 'used' ? { ...use, LastUsedDate: formatTime(use.LastUsedDate) } : { ...use };
}

function toJson({ AccessKeyId, Reason, Hint }: NotContained): JsonObject {
  return { AccessKeyId, Reason, Hint };
}
