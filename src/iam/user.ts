import { GetUserCommand } from '@aws-sdk/client-iam';
import type { User as Answered } from '@aws-sdk/client-iam';
import { AwsError } from '../errors.ts';
import { rootUserName } from './access-key.ts';
import { requireUserName } from './arguments.ts';
import { resolveUserName } from './caller-identity.ts';
import type { Connection } from './connection.ts';
import { logFailure } from './log.ts';
import { send } from './send.ts';

export interface User {
  readonly UserName: string;
  readonly UserId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly CreateDate: Date;
  readonly PasswordLastUsed?: Date;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/**
 * A user: its ARN, its id (which a change of name does not touch), its tags.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html
 * @throws AwsError ERR_NO_SUCH_ENTITY, ERR_ACCESS_DENIED and any other answer of IAM
 * @throws KeyturnError ERR_CALLER, ERR_USAGE, ERR_INTERRUPTED
 * @example
 * const { Arn, UserId } = await getUser(aws, { UserName: 'alice' });
 */
export async function getUser(
  aws: Connection,
  options: { readonly UserName?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<User> {
  const { signal } = options;
  const asked = requireUserName(options.UserName);
  return logFailure(aws, asked === undefined ? 'get the current user' : `get the user ${asked}`, async () => {
    const command = new GetUserCommand({ UserName: await resolveUserName(aws, asked, signal) });
    const answer = await send(aws.iam, command, signal, (sendOptions) => aws.iam.send(command, sendOptions));
    return readUser(answer.User);
  });
}

/**
 * The user that the credentials belong to, also behind its own temporary session. For root: a user named `<root_account>`
 * whose UserId is the account's id.
 *
 * @throws KeyturnError ERR_CALLER when the caller is no user, and as {@link getUser}
 * @example
 * const { UserName, Arn } = await getCurrentUser(aws);
 */
export async function getCurrentUser(
  aws: Connection,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<User> {
  return getUser(aws, { signal });
}

function readUser(user: Partial<Answered> | undefined): User {
  const { UserName = rootUserName, UserId, Arn, Path = '/', CreateDate, PasswordLastUsed, Tags } = user ?? {};
  if (UserId === undefined || Arn === undefined || CreateDate === undefined) {
    throw new AwsError('ERR_NOT_IAM', 'the endpoint described a user without its UserId, Arn or CreateDate', {
      hint: 'check the endpoint URL: IAM itself always gives these',
    });
  }
  return {
    UserName,
    UserId,
    Arn,
    Path,
    CreateDate,
    ...(PasswordLastUsed && { PasswordLastUsed }),
    ...(Tags && { Tags: Tags.map(({ Key = '', Value = '' }) => ({ Key, Value })) }),
  };
}
