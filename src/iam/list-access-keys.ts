import { ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { readAccessKey } from './access-key.ts';
import type { AccessKeyMetadata } from './access-key.ts';
import { requireUserName } from './arguments.ts';
import { resolveUserName } from './caller-identity.ts';
import type { Connection } from './connection.ts';
import { countKeys, logFailure, nameUser } from './log.ts';
import { readPages, requireList } from './pages.ts';
import { send } from './send.ts';

export interface ListAccessKeysOptions {
  /** Whose keys; the caller's own user by default. */
  readonly UserName?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A user's access keys, all pages: a new user has none, AWS allows two. One call for a long-term key that lists its own
 * user's keys, or when UserName is given.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html
 * @throws AwsError ERR_NO_SUCH_ENTITY, ERR_ACCESS_DENIED and any other answer of IAM
 * @throws KeyturnError ERR_CALLER for a role's session without a UserName, ERR_USAGE, ERR_INTERRUPTED
 * @example
 * const keys = await listAccessKeys(aws, { UserName: 'alice' });
 * const active = keys.filter((key) => key.Status === 'Active');
 */
export async function listAccessKeys(
  aws: Connection,
  options: ListAccessKeysOptions = {},
): Promise<AccessKeyMetadata[]> {
  const { signal } = options;
  const asked = requireUserName(options.UserName);
  return logFailure(aws, `list the access keys of ${nameUser(asked)}`, async () => {
    const UserName = await resolveUserName(aws, asked, signal);
    const keys = await readAccessKeys(aws, UserName, signal);
    aws.logger.info?.(`got ${countKeys(keys.length)} for ${nameUser(UserName ?? keys[0]?.UserName)}`);
    return keys;
  });
}

/** ListAccessKeys as it is: no UserName means the long-term key that signs. Logs nothing. */
export async function readAccessKeys(
  aws: Connection,
  UserName: string | undefined,
  signal: AbortSignal | undefined,
): Promise<AccessKeyMetadata[]> {
  const keys: AccessKeyMetadata[] = [];
  for await (const page of readPages((Marker) => readPage(aws, { UserName, Marker }, signal))) {
    const listed = requireList(page.AccessKeyMetadata, 'ListAccessKeys');
    keys.push(...listed.map((key) => readAccessKey(key, UserName)));
  }
  return keys;
}

function readPage(
  aws: Connection,
  input: { UserName: string | undefined; Marker: string | undefined },
  signal?: AbortSignal,
) {
  const command = new ListAccessKeysCommand(input);
  return send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
}
