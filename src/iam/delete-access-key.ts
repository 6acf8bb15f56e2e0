import { DeleteAccessKeyCommand } from '@aws-sdk/client-iam';
import { AwsError } from '../errors.ts';
import type { KeyturnError } from '../errors.ts';
import { requireAccessKeyId, requireUserName } from './arguments.ts';
import { resolveUserName } from './caller-identity.ts';
import { watchAttempts } from './command.ts';
import type { Connection } from './connection.ts';
import { describeFailure } from './failure.ts';
import { logFailure, nameUser } from './log.ts';
import { mayBeDone } from './outcome.ts';
import { send } from './send.ts';
import type { AccessKeyOptions } from './update-access-key.ts';

/**
 * Deletes a key for good, Active or not: look at its last use and deactivate it first.
 *
 * The SDK follows a lost answer with another attempt; if that finds no such key, the first one had done it.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html
 * @throws AwsError ERR_NO_SUCH_ENTITY when the user has no such key
 * @throws KeyturnError ERR_CALLER, ERR_USAGE, ERR_INTERRUPTED
 * @example
 * await deleteAccessKey(aws, { UserName: 'alice', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
 */
export async function deleteAccessKey(aws: Connection, options: AccessKeyOptions): Promise<void> {
  const { signal } = options;
  const AccessKeyId = requireAccessKeyId(options.AccessKeyId);
  const asked = requireUserName(options.UserName);
  const key = `access key ${AccessKeyId} of ${nameUser(asked)}`;
  await logFailure(aws, `delete ${key}`, async () => {
    const UserName = await resolveUserName(aws, asked, signal);
    await deleteUntilGone(aws, { UserName, AccessKeyId }, signal);
  });
  aws.logger.info?.(`deleted ${key}`);
}

async function deleteUntilGone(
  aws: Connection,
  key: { UserName: string | undefined; AccessKeyId: string },
  signal: AbortSignal | undefined,
): Promise<void> {
  const command = new DeleteAccessKeyCommand(key);
  const failures: KeyturnError[] = [];
  watchAttempts(command, (error) => failures.push(describeFailure(error, signal)));
  try {
    await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
  } catch (error) {
    const isGone = error instanceof AwsError && error.code === 'ERR_NO_SUCH_ENTITY' && failures.some(mayBeDone);
    if (!isGone) throw error;
  }
}
