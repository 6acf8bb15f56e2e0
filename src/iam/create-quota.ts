import { AwsError } from '../errors.ts';
import type { AccessKeyMetadata } from './access-key.ts';
import { getAccessKeyQuota } from './account.ts';
import type { Connection } from './connection.ts';
import { QuotaError } from './create-errors.ts';
import type { AccessKeyEvidence } from './create-errors.ts';
import { addLastUsed } from './last-used.ts';

/** AWS's own number, for callers who may not read the account's. */
const usualQuota = 2;

/**
 * Stops before a call that IAM would refuse, and that the SDK would repeat.
 *
 * @throws QuotaError
 */
export async function requireRoom(
  aws: Connection,
  UserName: string,
  keys: readonly AccessKeyMetadata[],
  signal: AbortSignal | undefined,
): Promise<void> {
  // No account allows fewer, so a first or second key needs no look at the quota.
  if (keys.length < usualQuota) return;
  const Quota = await findQuota(aws, signal);
  if (keys.length >= Quota) throw await addEvidence(aws, { UserName, Quota }, keys, signal);
}

/** The error of a user who has all its keys, as IAM found: `cause` is its answer. */
export async function describeQuota(
  aws: Connection,
  UserName: string,
  keys: readonly AccessKeyMetadata[],
  signal: AbortSignal | undefined,
  cause: AwsError,
): Promise<QuotaError> {
  return addEvidence(aws, { UserName, Quota: await findQuota(aws, signal) }, keys, signal, cause);
}

async function addEvidence(
  aws: Connection,
  user: { UserName: string; Quota: number },
  keys: readonly AccessKeyMetadata[],
  signal: AbortSignal | undefined,
  cause?: AwsError,
): Promise<QuotaError> {
  const AccessKeys: AccessKeyEvidence[] = [];
  for await (const key of addLastUsed(aws, keys, { signal })) AccessKeys.push(key);
  return new QuotaError({ ...user, AccessKeys }, cause);
}

async function findQuota(aws: Connection, signal: AbortSignal | undefined): Promise<number> {
  try {
    return await getAccessKeyQuota(aws, { signal });
  } catch (error) {
    if (error instanceof AwsError) return usualQuota;
    throw error;
  }
}
