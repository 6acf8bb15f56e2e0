import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import { GetAccessKeyInfoCommand } from '@aws-sdk/client-sts';
import { accountIdOf } from '../access-key-id.ts';
import { AwsError } from '../errors.ts';
import { requireAccessKeyId } from './arguments.ts';
import type { Connection } from './connection.ts';
import { logFailure } from './log.ts';
import { send } from './send.ts';

/**
 * The 12-digit id of the account that an access key belongs or belonged to: read from the id itself where it carries it,
 * else asked for. Says nothing about whether the key still exists.
 *
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
 * @throws AwsError when STS has to be asked and does not say
 * @throws KeyturnError ERR_USAGE, ERR_INTERRUPTED
 * @example
 * await getAccessKeyAccount(aws, { AccessKeyId: 'ASIAQNZGKIQY56JQ7WML' }); // '029608264753'
 */
export async function getAccessKeyAccount(
  aws: Connection,
  options: { readonly AccessKeyId: string; readonly signal?: AbortSignal | undefined },
): Promise<string> {
  const AccessKeyId = requireAccessKeyId(options.AccessKeyId);
  return (
    accountIdOf(AccessKeyId) ??
    logFailure(aws, `find the account of access key ${AccessKeyId}`, () => askAccount(aws, AccessKeyId, options.signal))
  );
}

/**
 * How many access keys a user may have, Inactive ones included. It is 2 today; AWS publishes it, so it need not be assumed.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
 * @throws AwsError ERR_ACCESS_DENIED and any other answer of IAM
 * @example
 * const quota = await getAccessKeyQuota(aws); // 2
 */
export async function getAccessKeyQuota(
  aws: Connection,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<number> {
  const command = new GetAccountSummaryCommand({});
  const { SummaryMap } = await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
  const quota = SummaryMap?.AccessKeysPerUserQuota;
  if (quota !== undefined) return quota;
  throw new AwsError('ERR_NOT_IAM', 'the endpoint described the account without its AccessKeysPerUserQuota');
}

async function askAccount(aws: Connection, AccessKeyId: string, signal: AbortSignal | undefined): Promise<string> {
  const command = new GetAccessKeyInfoCommand({ AccessKeyId });
  const { Account } = await send(aws.sts, command, signal, (options) => aws.sts.send(command, options));
  if (Account) return Account;
  throw new AwsError('ERR_NOT_IAM', 'the endpoint did not say which account the access key belongs to');
}
