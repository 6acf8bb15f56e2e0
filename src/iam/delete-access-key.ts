import { DeleteAccessKeyCommand } from '@aws-sdk/client-iam';
import { AwsError } from '../errors.ts';
import { sendOnce } from './answer.ts';
import { requireAccessKeyId, requireUserName } from './arguments.ts';
import { resolveUserName } from './caller-identity.ts';
import { pause } from './clock.ts';
import type { Connection } from './connection.ts';
import { logFailure, nameUser } from './log.ts';
import { mayBeDone } from './outcome.ts';
import { send } from './send.ts';
import { retryThrottled } from './throttling.ts';
import type { AccessKeyOptions } from './update-access-key.ts';

/** Milliseconds between attempts whose answers were lost. */
const delays = [500, 1500];

/**
 * Deletes a key for good, Active or not: look at its last use and deactivate it first.
 *
 * A lost answer is followed by another attempt, and if that finds no such key, the first one had done it.
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

interface Key {
  readonly UserName: string | undefined;
  readonly AccessKeyId: string;
}

/** The SDK's retries are off, for they would report the second attempt's refusal and not say that the first was lost. */
async function deleteUntilGone(aws: Connection, key: Key, signal: AbortSignal | undefined): Promise<void> {
  const remove = () =>
    retryThrottled(aws.clock, signal, () => {
      const command = new DeleteAccessKeyCommand(key);
      sendOnce(command);
      return send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
    });
  try {
    await remove();
  } catch (error) {
    if (!mayBeDone(error)) throw error;
    await removeAgain(aws, remove, signal);
  }
}

async function removeAgain(
  aws: Connection,
  remove: () => Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<void> {
  let failure: unknown;
  for (const delay of delays) {
    await pause(aws.clock, delay, signal);
    try {
      await remove();
      return;
    } catch (error) {
      if (error instanceof AwsError && error.code === 'ERR_NO_SUCH_ENTITY') return;
      if (!mayBeDone(error)) throw error;
      failure = error;
    }
  }
  throw failure;
}
