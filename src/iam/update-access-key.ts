import { UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { requireAccessKeyId, requireUserName } from './arguments.ts';
import { resolveUserName } from './caller-identity.ts';
import type { Connection } from './connection.ts';
import { logFailure, nameUser } from './log.ts';
import { send } from './send.ts';

export interface AccessKeyOptions {
  readonly AccessKeyId: string;
  /** The key's owner; the caller's own user by default. */
  readonly UserName?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Lets an Inactive key be used again. Doing it twice is no error.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html
 * @throws AwsError ERR_NO_SUCH_ENTITY when the user has no such key
 * @throws KeyturnError ERR_CALLER, ERR_USAGE, ERR_INTERRUPTED
 * @example
 * await activateAccessKey(aws, { UserName: 'alice', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
 */
export async function activateAccessKey(aws: Connection, options: AccessKeyOptions): Promise<void> {
  await updateStatus(aws, options, 'Active');
}

/**
 * Refuses the key's use from now on (a few seconds pass until all of AWS knows) and keeps it, so that it can be activated
 * again. Doing it twice is no error.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html
 * @throws AwsError ERR_NO_SUCH_ENTITY when the user has no such key
 * @throws KeyturnError ERR_CALLER, ERR_USAGE, ERR_INTERRUPTED
 * @example
 * await deactivateAccessKey(aws, { UserName: 'alice', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
 */
export async function deactivateAccessKey(aws: Connection, options: AccessKeyOptions): Promise<void> {
  await updateStatus(aws, options, 'Inactive');
}

async function updateStatus(aws: Connection, options: AccessKeyOptions, Status: 'Active' | 'Inactive'): Promise<void> {
  const { signal } = options;
  const AccessKeyId = requireAccessKeyId(options.AccessKeyId);
  const asked = requireUserName(options.UserName);
  const verb = Status === 'Active' ? 'activate' : 'deactivate';
  const key = `access key ${AccessKeyId} of ${nameUser(asked)}`;
  await logFailure(aws, `${verb} ${key}`, async () => {
    const UserName = await resolveUserName(aws, asked, signal);
    const command = new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status });
    await send(aws.iam, command, signal, (sendOptions) => aws.iam.send(command, sendOptions));
  });
  aws.logger.info?.(`${verb}d ${key}`);
}
