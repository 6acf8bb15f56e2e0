/** From facts to what rules ask: ages, evidence, and the parts of a user that may be unknown. */
import type { KeyFacts, Unknown, UserFacts } from '../facts.ts';
import type { About, Evidence, NotKnown, Subject, Verdict } from './rule.ts';

export const day = 86_400_000;

/** An age in whole days, as people count it: `1 day`, `412 days`. */
export function formatDays(milliseconds: number): string {
  const days = Math.max(0, Math.floor(milliseconds / day));
  return days === 1 ? '1 day' : `${days} days`;
}

/** A limit as it was set: whole days in days, others in hours. */
export function formatLimit(milliseconds: number): string {
  if (milliseconds % day === 0) return formatDays(milliseconds);
  const hours = Number((milliseconds / 3_600_000).toFixed(1));
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

export function formatInstant(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/**
 * When a key was made. The credential report tells when it was made or last activated, so that its date can make a key
 * younger than it is and never older.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export function findBirth(key: KeyFacts, user: UserFacts): { at: Date; evidence: Evidence } | undefined {
  if (key.CreateDate !== undefined) {
    const evidence = { source: 'list-access-keys', at: key.listedAt ?? user.at } as const;
    return { at: key.CreateDate, evidence: { fact: 'CreateDate', value: formatInstant(key.CreateDate), ...evidence } };
  }
  if (key.LastRotated === undefined) return undefined;
  const value = formatInstant(key.LastRotated);
  return { at: key.LastRotated, evidence: { fact: 'LastRotated', value, source: 'credential-report', at: user.at } };
}

/** A date that is not known of a key. */
export function lackBirth(key: KeyFacts): NotKnown {
  return notKnown('when the key was created', 'neither a list of keys nor the credential report tells', { key });
}

/** What is known of a key's last use, as evidence. */
export function describeUse({ LastUsed, lastUsedFrom }: KeyFacts): Evidence[] {
  const from = { source: lastUsedFrom.source, at: lastUsedFrom.at };
  if (LastUsed.Kind !== 'used') return [{ fact: 'LastUsedDate', value: LastUsed.Kind, ...from }];
  return [
    { fact: 'LastUsedDate', value: formatInstant(LastUsed.LastUsedDate), ...from },
    { fact: 'ServiceName', value: LastUsed.ServiceName, ...from },
    { fact: 'Region', value: LastUsed.Region, ...from },
  ];
}

/** A key's status, as evidence. */
export function describeStatus({ Status, listedAt }: KeyFacts, user: UserFacts): Evidence {
  return listedAt === undefined
    ? { fact: 'Status', value: Status, source: 'credential-report', at: user.at }
    : { fact: 'Status', value: Status, source: 'list-access-keys', at: listedAt };
}

export function notKnown(fact: string, Reason: string, about: About = {}): NotKnown {
  return { kind: 'unknown', fact, Reason, ...about };
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && 'Kind' in value && value.Kind === 'unknown';
}

/** Asks about each key of a user; where the keys are unknown, that is the verdict. */
export function judgeKeys(
  { user }: Subject,
  judgeKey: (key: KeyFacts) => Verdict | readonly Verdict[] | undefined,
): readonly Verdict[] {
  const { AccessKeys } = user;
  if (isUnknown(AccessKeys)) return [notKnown('the access keys', AccessKeys.Reason)];
  return AccessKeys.flatMap((key) => judgeKey(key) ?? []);
}

/** As {@link judgeKeys}, the Active keys of users other than root: root has a rule of its own. */
export function judgeActiveKeys(
  subject: Subject,
  judgeKey: (key: KeyFacts) => Verdict | readonly Verdict[] | undefined,
): readonly Verdict[] {
  if (subject.user.isRoot) return [];
  return judgeKeys(subject, (key) => (key.Status === 'Active' ? judgeKey(key) : undefined));
}

/** The Active keys of a user; none where they are unknown. */
export function listActiveKeys({ AccessKeys }: UserFacts): readonly KeyFacts[] {
  return isUnknown(AccessKeys) ? [] : AccessKeys.filter(({ Status }) => Status === 'Active');
}
