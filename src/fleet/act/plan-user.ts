/**
 * What the fleet policies say about the keys of one user: pure. What is not known never leads to a change; it leads to an
 * entry that reports it.
 */
import type { KeyFacts, UserFacts } from '../facts.ts';
import type { FleetPolicy } from '../fleet-policy.ts';
import { covers, isInForce, type Exclusion } from '../rules/exclusion.ts';
import { findBirth, formatDays, isUnknown } from '../rules/facts-of.ts';
import type { PlanEntry, PlanEvidence } from './entry.ts';
import type { History } from './record.ts';

export interface PlanTerms {
  readonly policies: readonly FleetPolicy[];
  readonly exclusions: readonly Exclusion[];
  readonly now: Date;
  readonly history: History;
}

export function planUser(user: UserFacts, terms: PlanTerms): PlanEntry[] {
  if (user.isRoot) return [];
  const policy = terms.policies.find((each) => isCovered(each, user));
  if (policy === undefined || policy.reportOnly) return [];
  if (isUnknown(user.AccessKeys)) {
    const nothing = {
      Status: 'unknown',
      LastUsed: user.AccessKeys,
      Source: 'credential-report',
      ReadAt: user.at,
    } as const;
    return [report(user, policy, nothing, `its keys are unknown: ${user.AccessKeys.Reason}`)];
  }
  const keys = user.AccessKeys;
  return keys.flatMap((key) => planKey({ user, policy, key, keys: keys.length, terms }) ?? []);
}

interface Case {
  readonly user: UserFacts;
  readonly policy: FleetPolicy;
  readonly key: KeyFacts;
  /** How many keys the user has. */
  readonly keys: number;
  readonly terms: PlanTerms;
}

/** A selection as an exclusion that never ends: the two cover alike. */
function isCovered(policy: FleetPolicy, user: UserFacts): boolean {
  return covers({ reason: '', until: new Date(8.64e15), ...policy }, user, '');
}

function planKey(asked: Case): PlanEntry | undefined {
  const { user, policy, key, terms } = asked;
  const status = findStatus(asked);
  const wish = status === 'Active' ? wishForActive(asked) : status === 'Inactive' ? wishForInactive(asked) : undefined;
  if (wish === undefined) return undefined;
  if (terms.exclusions.some((each) => isInForce(each, terms.now) && covers(each, user, wish.rule))) return undefined;
  const { AccessKeyId } = key;
  const evidence = describeEvidence(asked, status);
  if (wish.action === 'report') return report(user, policy, evidence, wish.reason, AccessKeyId);
  const obstacle = findObstacle(asked, wish);
  if (obstacle !== undefined) {
    return report(user, policy, evidence, `${obstacle}; else ${wish.action}: ${wish.reason}`, AccessKeyId);
  }
  return {
    ...identify(user),
    ...(AccessKeyId !== undefined && { AccessKeyId }),
    Action: wish.action,
    Policy: policy.name,
    Reason: wish.reason,
    ...(wish.sinks !== undefined && { Sinks: wish.sinks }),
    Evidence: evidence,
  };
}

/** A status that was read before Keyturn itself changed it is out of date. */
function findStatus({ key, user, terms }: Case): string {
  const own = findOwnChange(key, terms);
  const readAt = Math.max(user.at.getTime(), key.listedAt?.getTime() ?? -Infinity);
  if (own === undefined || own.at.getTime() < readAt) return key.Status;
  return own.kind === 'deactivated' ? 'Inactive' : own.kind;
}

function findOwnChange({ AccessKeyId }: KeyFacts, { history }: PlanTerms): ReturnType<History['ownChange']> {
  return AccessKeyId === undefined ? undefined : history.ownChange(AccessKeyId);
}

interface Wish {
  readonly action: PlanEntry['Action'];
  readonly reason: string;
  /** The rule whose exclusions hold for it. */
  readonly rule: string;
  readonly sinks?: readonly string[];
}

/** Only what Keyturn made Inactive is deleted: why others are, nobody here knows. */
function wishForInactive({ policy, key, terms }: Case): Wish | undefined {
  const at = findOwnChange(key, terms)?.at;
  if (policy.delete === undefined || at === undefined) return undefined;
  const { LastUsed } = key;
  const age = terms.now.getTime() - at.getTime();
  if (age < policy.delete.after) return undefined;
  const rule = 'inactive-key';
  if (LastUsed.Kind === 'unknown') return { action: 'report', reason: describeUnknownUse(LastUsed), rule };
  if (LastUsed.Kind === 'used' && LastUsed.LastUsedDate.getTime() > at.getTime()) {
    return { action: 'report', reason: 'used since Keyturn made it Inactive: somebody brought it back', rule };
  }
  return { action: 'delete', reason: `made Inactive by Keyturn ${formatDays(age)} ago`, rule };
}

function describeUnknownUse({ Reason }: { readonly Reason: string }): string {
  return `its last use is unknown: ${Reason}`;
}

const unknown = { rule: 'unknown-evidence' } as const;

function wishForActive(asked: Case): Wish | undefined {
  return wishForUnused(asked) ?? wishForOld(asked);
}

function wishForUnused({ policy, key, user, terms }: Case): Wish | undefined {
  const { unused, neverUsed } = policy.deactivate ?? {};
  const { LastUsed } = key;
  if (policy.deactivate === undefined) return undefined;
  if (LastUsed.Kind === 'unknown') return { action: 'report', reason: describeUnknownUse(LastUsed), ...unknown };
  if (LastUsed.Kind === 'used') {
    const age = terms.now.getTime() - LastUsed.LastUsedDate.getTime();
    if (unused === undefined || age < unused) return undefined;
    return { action: 'deactivate', reason: `unused for ${formatDays(age)}`, rule: 'unused-key' };
  }
  if (neverUsed === undefined) return undefined;
  const birth = findBirth(key, user);
  if (birth === undefined) return { action: 'report', reason: 'never used, and its age is unknown', ...unknown };
  const age = terms.now.getTime() - birth.at.getTime();
  if (age < neverUsed) return undefined;
  return { action: 'deactivate', reason: `never used in ${formatDays(age)}`, rule: 'never-used-key' };
}

function wishForOld({ policy, key, user, terms }: Case): Wish | undefined {
  if (policy.rotate === undefined) return undefined;
  const birth = findBirth(key, user);
  if (birth === undefined) return { action: 'report', reason: 'its age is unknown', ...unknown };
  const age = terms.now.getTime() - birth.at.getTime();
  if (age < policy.rotate.older) return undefined;
  if (key.LastUsed.Kind === 'unknown') {
    return { action: 'report', reason: describeUnknownUse(key.LastUsed), ...unknown };
  }
  const sinks = policy.rotate.to.map((sink) => fillTemplate(sink, user));
  return { action: 'rotate', reason: `${formatDays(age)} old`, rule: 'old-key', sinks };
}

/** `${account}` and `${user}` in a place stand for the user's own. */
function fillTemplate(sink: string, { Account, UserName }: UserFacts): string {
  return sink.replaceAll('${account}', Account).replaceAll('${user}', UserName);
}

/** Why a change cannot be planned on what is known. */
function findObstacle({ user, policy, key, keys, terms }: Case, { action }: Wish): string | undefined {
  if (user.UserId === undefined) return "the user's id is unknown";
  const rotation = terms.history.openRotation(`${user.Account}/${user.UserId}`);
  if (rotation !== undefined) return `${rotation} is under way`;
  if (key.AccessKeyId === undefined) return "the key's id is unknown";
  // A user may be covered by a tag, or left out by one, that nobody could read.
  const asksForTags = [...terms.exclusions, ...terms.policies].some(({ tags }) => tags !== undefined);
  if (asksForTags && isUnknown(user.Tags)) return `the user's tags are unknown: ${user.Tags.Reason}`;
  if (action === 'rotate' && keys > 1) return 'no room for another key';
  if (action === 'rotate' && misnamesProfile(policy, user)) return 'a profile cannot be named after a user with @';
  if (action === 'rotate' && isQuarantined(user)) return 'AWS has quarantined the user';
  return undefined;
}

/** What follows the first `@` is the file of a profile, so that the secret would go somewhere else. */
function misnamesProfile({ rotate }: FleetPolicy, { UserName }: UserFacts): boolean {
  return UserName.includes('@') && rotate?.to.some((sink) => /^profile:[^@]*\$\{user\}/.test(sink)) === true;
}

function isQuarantined({ AttachedPolicies }: UserFacts): boolean {
  return (
    !isUnknown(AttachedPolicies) &&
    AttachedPolicies.some(({ PolicyArn }) => /:aws:policy\/(?:.*\/)?AWSCompromisedKeyQuarantine/.test(PolicyArn))
  );
}

function describeEvidence({ key, terms }: Case, Status: string): PlanEvidence {
  const { CreateDate, LastUsed, lastUsedFrom } = key;
  const at = Status === 'Active' ? undefined : findOwnChange(key, terms)?.at;
  return {
    Status,
    LastUsed,
    Source: lastUsedFrom.source,
    ReadAt: lastUsedFrom.at,
    ...(CreateDate !== undefined && { CreateDate }),
    ...(at !== undefined && { DeactivatedAt: at }),
  };
}

function report(
  user: UserFacts,
  policy: FleetPolicy,
  Evidence: PlanEvidence,
  Reason: string,
  AccessKeyId?: string,
): PlanEntry {
  return {
    ...identify(user),
    ...(AccessKeyId !== undefined && { AccessKeyId }),
    Action: 'report',
    Policy: policy.name,
    Reason,
    Evidence,
  };
}

function identify({ Account, UserName, UserId }: UserFacts): Pick<PlanEntry, 'Account' | 'UserName' | 'UserId'> {
  return { Account, UserName, ...(UserId !== undefined && { UserId }) };
}
