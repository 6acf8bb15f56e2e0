/**
 * What the fleet policies say about the keys of one user: pure. What is not known never leads to a change; it leads to an
 * entry that reports it.
 */
import type { KeyFacts, UserFacts } from '../facts.ts';
import type { FleetPolicy } from '../fleet-policy.ts';
import { covers, isInForce, type Exclusion } from '../rules/exclusion.ts';
import { formatDays, formatInstant, isUnknown } from '../rules/facts-of.ts';
import type { PlanEntry, PlanEvidence } from './entry.ts';

export interface PlanTerms {
  readonly policies: readonly FleetPolicy[];
  readonly exclusions: readonly Exclusion[];
  readonly now: Date;
  /** When Keyturn made a key Inactive, where its journal says so and nobody has taken it back. */
  deactivatedAt(AccessKeyId: string): Date | undefined;
}

export function planUser(user: UserFacts, terms: PlanTerms): PlanEntry[] {
  if (user.isRoot) return [];
  const policy = terms.policies.find((each) => isCovered(each, user));
  if (policy === undefined || policy.reportOnly) return [];
  if (isUnknown(user.AccessKeys)) {
    const nothing = { Status: 'unknown', LastUsed: user.AccessKeys, source: 'credential-report', at: user.at } as const;
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
  const wish = asked.key.Status === 'Active' ? wishForActive(asked) : wishForInactive(asked);
  if (wish === undefined) return undefined;
  const { user, policy, key, terms } = asked;
  const evidence = describeEvidence(key, terms);
  if (wish.action === 'report') return report(user, policy, evidence, wish.reason, key.AccessKeyId);
  const obstacle = findObstacle(asked, wish);
  if (obstacle !== undefined) {
    return report(
      user,
      policy,
      evidence,
      `${wish.reason}, and ${wish.action} is left out: ${obstacle}`,
      key.AccessKeyId,
    );
  }
  if (terms.exclusions.some((each) => isInForce(each, terms.now) && covers(each, user, wish.rule))) return undefined;
  const { AccessKeyId } = key;
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

interface Wish {
  readonly action: PlanEntry['Action'];
  readonly reason: string;
  /** The rule whose exclusions hold for it. */
  readonly rule: string;
  readonly sinks?: readonly string[];
}

function wishForInactive({ policy, key, terms }: Case): Wish | undefined {
  const at = key.AccessKeyId === undefined ? undefined : terms.deactivatedAt(key.AccessKeyId);
  if (policy.delete === undefined || at === undefined || key.Status !== 'Inactive') return undefined;
  const age = terms.now.getTime() - at.getTime();
  if (age < policy.delete.after) return undefined;
  return { action: 'delete', reason: `made Inactive by keyturn ${formatDays(age)} ago`, rule: 'inactive-key' };
}

function wishForActive(asked: Case): Wish | undefined {
  return wishForUnused(asked) ?? wishForOld(asked);
}

function wishForUnused({ policy, key, terms }: Case): Wish | undefined {
  const { unused, neverUsed } = policy.deactivate ?? {};
  const { LastUsed } = key;
  if (policy.deactivate === undefined) return undefined;
  if (LastUsed.Kind === 'unknown') {
    return { action: 'report', reason: `its last use is unknown: ${LastUsed.Reason}`, rule: 'unknown-evidence' };
  }
  if (LastUsed.Kind === 'used') {
    const age = terms.now.getTime() - LastUsed.LastUsedDate.getTime();
    if (unused === undefined || age < unused) return undefined;
    return { action: 'deactivate', reason: `unused for ${formatDays(age)}`, rule: 'unused-key' };
  }
  if (neverUsed === undefined) return undefined;
  if (key.CreateDate === undefined) {
    return { action: 'report', reason: 'never used, and since when it is there is unknown', rule: 'unknown-evidence' };
  }
  const age = terms.now.getTime() - key.CreateDate.getTime();
  if (age < neverUsed) return undefined;
  return { action: 'deactivate', reason: `never used in ${formatDays(age)}`, rule: 'never-used-key' };
}

function wishForOld({ policy, key, user, terms }: Case): Wish | undefined {
  if (policy.rotate === undefined || key.CreateDate === undefined) return undefined;
  const age = terms.now.getTime() - key.CreateDate.getTime();
  if (age < policy.rotate.older) return undefined;
  const sinks = policy.rotate.to.map((sink) => fillTemplate(sink, user));
  return { action: 'rotate', reason: `${formatDays(age)} old`, rule: 'old-key', sinks };
}

/** `${account}` and `${user}` in a place stand for the user's own. */
function fillTemplate(sink: string, { Account, UserName }: UserFacts): string {
  return sink.replaceAll('${account}', Account).replaceAll('${user}', UserName);
}

/** Why a change cannot be planned on what is known. */
function findObstacle({ user, key, keys, terms }: Case, { action }: Wish): string | undefined {
  if (user.UserId === undefined) return "the user's id is unknown";
  if (key.AccessKeyId === undefined) return "the key's id is unknown";
  // A user may be covered by a tag, or left out by one, that nobody could read.
  const asksForTags = [...terms.exclusions, ...terms.policies].some(({ tags }) => tags !== undefined);
  if (asksForTags && isUnknown(user.Tags)) return `the user's tags are unknown: ${user.Tags.Reason}`;
  if (action === 'rotate' && keys > 1) return 'the user has no room for another key';
  if (action === 'rotate' && isQuarantined(user)) return 'AWS has quarantined the user: keyturn contain comes first';
  return undefined;
}

function isQuarantined({ AttachedPolicies }: UserFacts): boolean {
  return (
    !isUnknown(AttachedPolicies) &&
    AttachedPolicies.some(({ PolicyArn }) => /:aws:policy\/(?:.*\/)?AWSCompromisedKeyQuarantine/.test(PolicyArn))
  );
}

function describeEvidence(key: KeyFacts, terms: PlanTerms): PlanEvidence {
  const { Status, CreateDate, LastUsed, lastUsedFrom, AccessKeyId } = key;
  const at = AccessKeyId === undefined ? undefined : terms.deactivatedAt(AccessKeyId);
  return {
    Status,
    LastUsed,
    source: lastUsedFrom.source,
    at: lastUsedFrom.at,
    ...(CreateDate !== undefined && { CreateDate }),
    ...(at !== undefined && Status !== 'Active' && { DeactivatedAt: at }),
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

/** In words, with the age of the evidence. */
export function explainEntry({ Action, AccessKeyId, UserName, Reason, Evidence }: PlanEntry): string {
  return `${Action} ${AccessKeyId ?? 'a key'} of ${UserName}: ${Reason} (as of ${formatInstant(Evidence.at)})`;
}
