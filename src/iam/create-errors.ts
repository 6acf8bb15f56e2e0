import { KeyturnError } from '../errors.ts';
import type { AccessKeyMetadata } from './access-key.ts';
import { printLastUsed } from './last-used.ts';
import type { LastUsed } from './last-used.ts';

export type AccessKeyEvidence = AccessKeyMetadata & { readonly LastUsed: LastUsed };

/** The user has as many access keys as it may have. Carries them, with what is known about their use. */
export class QuotaError extends KeyturnError {
  declare readonly code: 'ERR_QUOTA';
  readonly UserName: string;
  readonly Quota: number;
  readonly AccessKeys: readonly AccessKeyEvidence[];

  constructor(facts: { UserName: string; Quota: number; AccessKeys: readonly AccessKeyEvidence[] }, cause?: unknown) {
    const keys = facts.AccessKeys.map((key) => `${key.AccessKeyId} (${key.Status}, ${printLastUsed(key.LastUsed)})`);
    super(
      'ERR_QUOTA',
      `${facts.UserName} has all the access keys a user may have, ${facts.Quota}: ${keys.join(', ')}`,
      {
        hint: adviseOnQuota(facts.UserName, facts.AccessKeys),
        cause,
      },
    );
    this.UserName = facts.UserName;
    this.Quota = facts.Quota;
    this.AccessKeys = facts.AccessKeys;
  }
}

/** CreateAccessKey was sent and its answer was lost: a key may exist whose secret nobody knows. */
export class UnknownOutcomeError extends KeyturnError {
  declare readonly code: 'ERR_UNKNOWN_OUTCOME';
  readonly UserName: string;
  /** Keys of the user that were not there before, whoever made them; undefined when the keys could not be listed. */
  readonly NewAccessKeyIds: readonly string[] | undefined;

  constructor(facts: { UserName: string; NewAccessKeyIds: readonly string[] | undefined }, cause: unknown) {
    const why = cause instanceof Error ? cause.message : 'no answer';
    super('ERR_UNKNOWN_OUTCOME', `${describeOutcome(facts)}: ${why}`, { hint: adviseOnOutcome(facts), cause });
    this.UserName = facts.UserName;
    this.NewAccessKeyIds = facts.NewAccessKeyIds;
  }
}

/** An Inactive key is the first to go; an Active one is never proposed for deletion. */
function adviseOnQuota(UserName: string, keys: readonly AccessKeyEvidence[]): string {
  const inactive = keys.find((key) => key.Status === 'Inactive');
  if (inactive === undefined) return 'find the key that is no longer used, deactivate it, wait, and delete it';
  return `if ${inactive.AccessKeyId} is no longer needed: keyturn keys delete ${inactive.AccessKeyId} --user ${UserName}`;
}

function describeOutcome({
  UserName,
  NewAccessKeyIds,
}: Pick<UnknownOutcomeError, 'UserName' | 'NewAccessKeyIds'>): string {
  const asked = `the answer to CreateAccessKey for ${UserName} was lost`;
  if (NewAccessKeyIds === undefined) return `${asked}, and the keys could not be listed`;
  if (NewAccessKeyIds.length === 0) return `${asked}, and no new key is to be seen so far`;
  return `${asked}; since then ${NewAccessKeyIds.join(', ')} appeared, from this call or from someone else's`;
}

function adviseOnOutcome({
  UserName,
  NewAccessKeyIds,
}: Pick<UnknownOutcomeError, 'UserName' | 'NewAccessKeyIds'>): string {
  const [first] = NewAccessKeyIds ?? [];
  if (first === undefined) return `look again in a minute: keyturn keys list --user ${UserName}`;
  return `if nobody else made it, its secret is lost: keyturn keys delete ${first} --user ${UserName}`;
}
