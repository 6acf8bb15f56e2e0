/** What containing leaked keys means, worked out from the facts alone. */
import { describeCaller, type LastUsed } from '../../iam/index.ts';
import type { ContainFacts, KeyHolder, LeakedKey } from './facts.ts';

/** A key that is made Inactive. */
export interface Target {
  readonly AccessKeyId: string;
  /** Absent for a key of root, which only root itself can change. */
  readonly UserName?: string | undefined;
  /** As it was listed; absent where it could not be. */
  readonly Status?: string | undefined;
  readonly LastUsed: LastUsed;
}

export interface NotContained {
  readonly AccessKeyId: string;
  readonly Reason: string;
  readonly Hint: string;
}

/** What stops a thief. */
export type Step =
  | { readonly kind: 'deactivate'; readonly target: Target }
  | { readonly kind: 'deny-sessions'; readonly holder: KeyHolder };

export interface ContainPlan {
  readonly Account: string;
  readonly callerArn: string;
  readonly targets: readonly Target[];
  /** Whose keys they are. */
  readonly holders: readonly KeyHolder[];
  /** All keys first, then the sessions; what takes away the caller's own credentials comes last of all. */
  readonly steps: readonly Step[];
  readonly refused: readonly NotContained[];
  /** Whether the last step takes away the caller's own credentials, so that nothing can be done behind it. */
  readonly locksOut: boolean;
  /** What happens to the caller, where it is the leaked key or its user. */
  readonly consequence?: string | undefined;
}

export function planContainment({ caller, signedBy, keys, holders }: ContainFacts): ContainPlan {
  const self = describeCaller(caller);
  const targets = keys.flatMap((key) => listTarget(key, holders, self.kind === 'root'));
  const steps: Step[] = [
    ...targets.map((target) => ({ kind: 'deactivate' as const, target })),
    ...holders.map((holder) => ({ kind: 'deny-sessions' as const, holder })),
  ];
  const isSession = signedBy.startsWith('ASIA');
  const isLast = (step: Step): boolean =>
    step.kind === 'deactivate'
      ? step.target.AccessKeyId === signedBy
      : isSession && step.holder.UserName === self.UserName;
  const last = steps.filter(isLast);
  return {
    Account: caller.Account,
    callerArn: caller.Arn,
    targets,
    holders,
    steps: [...steps.filter((step) => !isLast(step)), ...last],
    refused: keys.flatMap((key) => describeRefused(key, self.kind === 'root')),
    locksOut: last.length > 0,
    consequence: describeConsequence({
      isOwnKey: last.some(({ kind }) => kind === 'deactivate'),
      isOwnUser: holders.some(({ UserName }) => UserName === self.UserName),
      isSession,
    }),
  };
}

function listTarget(key: LeakedKey, holders: readonly KeyHolder[], isRoot: boolean): Target[] {
  const { AccessKeyId } = key;
  if (key.kind === 'root') return isRoot ? [{ AccessKeyId, LastUsed: key.LastUsed }] : [];
  if (key.kind !== 'user') return [];
  const { UserName, LastUsed } = key;
  return [{ AccessKeyId, UserName, Status: findStatus(AccessKeyId, UserName, holders), LastUsed }];
}

function findStatus(AccessKeyId: string, UserName: string, holders: readonly KeyHolder[]): string | undefined {
  const holder = holders.find((each) => each.UserName === UserName);
  if (holder === undefined || 'Reason' in holder.keys) return undefined;
  return holder.keys.find((key) => key.AccessKeyId === AccessKeyId)?.Status;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-access-management.html */
function describeRefused(key: LeakedKey, isRoot: boolean): NotContained[] {
  const { AccessKeyId } = key;
  switch (key.kind) {
    case 'session':
      return [
        {
          AccessKeyId,
          Reason: 'it is the id of a session, which has no status to change',
          Hint: 'contain the access key that made it, which also denies its sessions: CloudTrail names it, or its user or role',
        },
      ];
    case 'elsewhere':
      return [
        {
          AccessKeyId,
          Reason: `it belongs to account ${key.Account}, and these are not its credentials`,
          Hint: `contain it with credentials of account ${key.Account}, or tell whoever has that account`,
        },
      ];
    case 'root':
      if (isRoot) return [];
      return [
        {
          AccessKeyId,
          Reason: 'it is a key of the account root user, which nobody but root can make Inactive',
          Hint: `sign in as root at once and deactivate it, or as root: keyturn contain ${AccessKeyId}`,
        },
      ];
    case 'unknown':
      return [
        {
          AccessKeyId,
          Reason: `whose it is cannot be found out: ${key.Reason}`,
          Hint: `it may be deleted already; if you know the user: keyturn contain ${AccessKeyId} --user NAME`,
        },
      ];
    case 'user':
      return [];
  }
}

function describeConsequence(self: { isOwnKey: boolean; isOwnUser: boolean; isSession: boolean }): string | undefined {
  if (self.isOwnKey)
    return 'this key signs these very calls: once it is Inactive you are locked out, and nothing can be checked';
  if (!self.isOwnUser) return undefined;
  return self.isSession
    ? 'you are the user itself, in a session that is denied with the others: you are locked out, and nothing can be checked'
    : 'you are the user itself: whoever has its key may do what you do, and undo this';
}
