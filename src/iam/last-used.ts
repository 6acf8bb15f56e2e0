import { GetAccessKeyLastUsedCommand } from '@aws-sdk/client-iam';
import type { AccessKeyLastUsed as Answered } from '@aws-sdk/client-iam';
import { accountIdOf } from '../access-key-id.ts';
import { AwsError } from '../errors.ts';
import { requireAccessKeyId } from './arguments.ts';
import type { Connection } from './connection.ts';
import { logFailure, nameUser } from './log.ts';
import { mapInOrder } from './map-in-order.ts';
import { watchHeader } from './response-header.ts';
import { send } from './send.ts';
import { retryThrottled } from './throttling.ts';

/** How Keyturn's endpoint says how exact its last uses are: docs/endpoint.md, "Last use". */
const granularityHeader = 'x-keyturn-last-used-granularity';

/** The evidence of a key's use: used, never used, or not known. What is not known is never taken for "never". */
export type LastUsed =
  | { readonly Kind: 'used'; readonly LastUsedDate: Date; readonly Region: string; readonly ServiceName: string }
  | { readonly Kind: 'never' }
  | { readonly Kind: 'unknown'; readonly Reason: string };

export interface AccessKeyLastUsed {
  /** The owner; absent where IAM does not say. */
  readonly UserName?: string;
  readonly LastUsed: LastUsed;
  /**
   * In how many seconds uses are one, where the endpoint says so, as Keyturn's own does: 0 when every use is told at
   * once. AWS does not say; there a use may show hours late.
   */
  readonly granularity?: number;
}

/**
 * When, where and with which service a key was last used. AWS tells the last use only, some hours late, and at most one in
 * 15 minutes.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html
 * @throws AwsError ERR_ACCESS_DENIED also for a key that does not exist: IAM does not tell the two apart
 * @throws KeyturnError ERR_USAGE, ERR_INTERRUPTED
 * @example
 * const { LastUsed } = await getAccessKeyLastUsed(aws, { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
 * if (LastUsed.Kind === 'used') console.log(LastUsed.LastUsedDate, LastUsed.Region, LastUsed.ServiceName);
 */
export async function getAccessKeyLastUsed(
  aws: Connection,
  options: { readonly AccessKeyId: string; readonly signal?: AbortSignal | undefined },
): Promise<AccessKeyLastUsed> {
  const AccessKeyId = requireAccessKeyId(options.AccessKeyId);
  return logFailure(aws, `get the last use of access key ${AccessKeyId}`, async () => {
    const { UserName, AccessKeyLastUsed, granularity } = await readLastUsed(aws, AccessKeyId, options.signal);
    const LastUsed = describeLastUsed(AccessKeyLastUsed);
    aws.logger.info?.(`access key ${AccessKeyId} of ${nameUser(UserName)}: ${printLastUsed(LastUsed)}`);
    return { LastUsed, ...(UserName !== undefined && { UserName }), ...(granularity !== undefined && { granularity }) };
  });
}

/**
 * Adds its last use to each key, in order, a few lookups at a time. A lookup that failed is unknown, with the reason.
 *
 * @param keys anything with an AccessKeyId, such as what {@link listAccessKeys} or {@link listAllAccessKeys} gives
 * @throws KeyturnError ERR_USAGE, ERR_INTERRUPTED, and whatever the stream of keys throws
 * @example
 * for await (const key of addLastUsed(aws, listAllAccessKeys(aws))) {
 *   if (key.LastUsed.Kind === 'never') console.log(key.UserName, key.AccessKeyId);
 * }
 */
export async function* addLastUsed<Key extends { readonly AccessKeyId: string }>(
  aws: Connection,
  keys: Iterable<Key> | AsyncIterable<Key>,
  options: { readonly signal?: AbortSignal | undefined; readonly concurrency?: number | undefined } = {},
): AsyncGenerator<Key & { readonly LastUsed: LastUsed }, void> {
  const { concurrency = 5, signal } = options;
  yield* mapInOrder(keys, concurrency, signal, async (key, stop) => ({
    ...key,
    LastUsed: await findLastUsed(aws, key.AccessKeyId, stop),
  }));
}

/** A last use in a few words, for logs and messages. */
export function printLastUsed(use: LastUsed): string {
  switch (use.Kind) {
    case 'used':
      return `last used ${use.LastUsedDate.toISOString()} in ${use.Region} for ${use.ServiceName}`;
    case 'never':
      return 'never used';
    case 'unknown':
      return `last use unknown: ${use.Reason}`;
  }
}

async function findLastUsed(aws: Connection, AccessKeyId: string, signal: AbortSignal): Promise<LastUsed> {
  try {
    const look = () => getAccessKeyLastUsed(aws, { AccessKeyId, signal });
    return (await retryThrottled(aws.clock, signal, look)).LastUsed;
  } catch (error) {
    if (error instanceof AwsError) return { Kind: 'unknown', Reason: error.message };
    throw error;
  }
}

async function readLastUsed(aws: Connection, AccessKeyId: string, signal: AbortSignal | undefined) {
  const command = new GetAccessKeyLastUsedCommand({ AccessKeyId });
  let granularity: number | undefined;
  watchHeader(command, granularityHeader, (value) => {
    granularity = /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
  });
  try {
    const answer = await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
    return { ...answer, granularity };
  } catch (error) {
    throw error instanceof AwsError && error.code === 'ERR_ACCESS_DENIED' ? explainDenial(error, AccessKeyId) : error;
  }
}

/** IAM gives a key that was never used no LastUsedDate, and N/A for the rest. Anything else without a date is no evidence. */
function describeLastUsed(use: Answered | undefined): LastUsed {
  if (use === undefined) return { Kind: 'unknown', Reason: 'the answer says nothing about use' };
  const { LastUsedDate, Region = 'N/A', ServiceName = 'N/A' } = use;
  if (LastUsedDate !== undefined) return { Kind: 'used', LastUsedDate, Region, ServiceName };
  if (use.Region === 'N/A' && use.ServiceName === 'N/A') return { Kind: 'never' };
  return { Kind: 'unknown', Reason: `the answer has no date, yet the region ${Region} and the service ${ServiceName}` };
}

/** The caller's ARN stands in IAM's words, so the two accounts can be compared without another call. */
function explainDenial(error: AwsError, AccessKeyId: string): AwsError {
  const { awsCode, status, requestId, cause } = error;
  const account = accountIdOf(AccessKeyId);
  const callerAccount = /\barn:[^:]+:(?:iam|sts)::(\d{12}):/.exec(error.message)?.[1];
  const foreign = account !== undefined && callerAccount !== undefined && account !== callerAccount;
  const hint = foreign
    ? `the key belongs to account ${account}, and these credentials to ${callerAccount}`
    : 'the key may not exist in this account (IAM answers so for unknown keys too), or iam:GetAccessKeyLastUsed is not allowed';
  return new AwsError('ERR_ACCESS_DENIED', error.message, { awsCode, status, requestId, cause, hint });
}
