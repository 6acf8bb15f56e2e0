import { TagUserCommand, UntagUserCommand } from '@aws-sdk/client-iam';
import { requireUserName } from './arguments.ts';
import type { Connection } from './connection.ts';
import { logFailure } from './log.ts';
import { send } from './send.ts';

/**
 * Gives a user a tag, in place of one of the same name. The console keeps the description of an access key in a tag whose
 * name is the key's id.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html
 * @throws AwsError ERR_NO_SUCH_ENTITY, ERR_ACCESS_DENIED and any other answer of IAM
 * @example
 * await tagUser(aws, { UserName: 'alice', Key: 'AKIAIOSFODNN7EXAMPLE', Value: 'the build server' });
 */
export async function tagUser(
  aws: Connection,
  { UserName, Key, Value, signal }: TagOptions & { readonly Value: string },
): Promise<void> {
  const command = new TagUserCommand({ UserName: requireUserName(UserName), Tags: [{ Key, Value }] });
  await logFailure(aws, `tag the user ${UserName}`, () =>
    send(aws.iam, command, signal, (options) => aws.iam.send(command, options)),
  );
}

/**
 * Takes a tag away from a user; one that is not there is no error.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html
 * @throws AwsError as {@link tagUser}
 * @example
 * await untagUser(aws, { UserName: 'alice', Key: 'AKIAIOSFODNN7EXAMPLE' });
 */
export async function untagUser(aws: Connection, { UserName, Key, signal }: TagOptions): Promise<void> {
  const command = new UntagUserCommand({ UserName: requireUserName(UserName), TagKeys: [Key] });
  await logFailure(aws, `untag the user ${UserName}`, () =>
    send(aws.iam, command, signal, (options) => aws.iam.send(command, options)),
  );
}

export interface TagOptions {
  readonly UserName: string;
  readonly Key: string;
  readonly signal?: AbortSignal | undefined;
}
