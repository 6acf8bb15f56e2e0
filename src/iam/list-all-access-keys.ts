import { ListUsersCommand } from '@aws-sdk/client-iam';
import { AwsError } from '../errors.ts';
import type { AccessKeyMetadata } from './access-key.ts';
import { requirePathPrefix } from './arguments.ts';
import type { Connection } from './connection.ts';
import { readAccessKeys } from './list-access-keys.ts';
import { countKeys, logFailure } from './log.ts';
import { mapInOrder } from './map-in-order.ts';
import { readPages, requireList } from './pages.ts';
import { send } from './send.ts';
import { retryThrottled } from './throttling.ts';

export interface ListAllAccessKeysOptions {
  /** Only users whose path begins so, `/` by default. */
  readonly PathPrefix?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told after each user: how many users were looked at so far, and how many keys they have. */
  readonly onProgress?: ((progress: { Users: number; AccessKeys: number }) => void) | undefined;
}

const usersAtATime = 5;

/**
 * Every access key of the account's users, user by user in IAM's order, as a stream: memory does not grow with the account,
 * and nothing is read ahead of a slow reader. One call per user and one per 1000 users; throttled calls wait and go on.
 *
 * The account root user's own keys are not among them: IAM shows those to root alone. A user deleted in the meantime is
 * left out.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html
 * @throws AwsError, KeyturnError ERR_USAGE, ERR_INTERRUPTED: from the stream
 * @example
 * for await (const key of listAllAccessKeys(aws)) console.log(key.UserName, key.AccessKeyId);
 */
export async function* listAllAccessKeys(
  aws: Connection,
  options: ListAllAccessKeysOptions = {},
): AsyncGenerator<AccessKeyMetadata, void> {
  const { signal, onProgress } = options;
  const PathPrefix = requirePathPrefix(options.PathPrefix);
  const users = readUserNames(aws, PathPrefix, signal);
  let Users = 0;
  let AccessKeys = 0;
  for await (const keys of mapInOrder(users, usersAtATime, signal, (name, stop) => readKeysOf(aws, name, stop))) {
    Users += 1;
    AccessKeys += keys.length;
    onProgress?.({ Users, AccessKeys });
    yield* keys;
  }
  aws.logger.info?.(`got ${countKeys(AccessKeys)} of ${Users} users`);
}

async function* readUserNames(
  aws: Connection,
  PathPrefix: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const pages = readPages((Marker) =>
    logFailure(aws, 'list the users', () =>
      retryThrottled(aws.clock, signal, () => {
        const command = new ListUsersCommand({ PathPrefix, Marker, MaxItems: 1000 });
        return send(aws.iam, command, signal, (sendOptions) => aws.iam.send(command, sendOptions));
      }),
    ),
  );
  for await (const page of pages) {
    for (const { UserName } of requireList(page.Users, 'ListUsers')) if (UserName !== undefined) yield UserName;
  }
}

async function readKeysOf(aws: Connection, UserName: string, signal: AbortSignal): Promise<AccessKeyMetadata[]> {
  return logFailure(aws, `list the access keys of ${UserName}`, async () => {
    try {
      return await retryThrottled(aws.clock, signal, () => readAccessKeys(aws, UserName, signal));
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'ERR_NO_SUCH_ENTITY')) throw error;
      aws.logger.debug?.(`${UserName} was deleted in the meantime`);
      return [];
    }
  });
}
