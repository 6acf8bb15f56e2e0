import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { STSClient } from '@aws-sdk/client-sts';
import { AwsError, KeyturnError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { logFailure } from './log.ts';
import { resolveCredentials, send } from './send.ts';

export interface CallerIdentity {
  readonly UserId: string;
  readonly Account: string;
  readonly Arn: string;
}

/** Who an ARN says is calling. `federated` is everyone who is none of the others. */
export type Caller =
  | { readonly kind: 'user'; readonly UserName: string }
  | { readonly kind: 'role' | 'root' | 'federated'; readonly UserName?: undefined };

/**
 * Who the credentials belong to, as STS says: needs no permission.
 *
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 * @throws AwsError
 * @example
 * const { Account, Arn } = await getCallerIdentity(aws);
 */
export async function getCallerIdentity(
  aws: Connection,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<CallerIdentity> {
  return logFailure(aws, 'get the caller identity', () => readCallerIdentity(aws.sts, signal));
}

/** GetCallerIdentity as it is, signed by any client. Logs nothing. */
export async function readCallerIdentity(sts: STSClient, signal: AbortSignal | undefined): Promise<CallerIdentity> {
  const command = new GetCallerIdentityCommand({});
  const { UserId, Account, Arn } = await send(sts, command, signal, (options) => sts.send(command, options));
  if (UserId && Account && Arn) return { UserId, Account, Arn };
  throw new AwsError('ERR_NOT_IAM', 'the endpoint did not say who is calling', {
    hint: 'check the endpoint URL of STS',
  });
}

/**
 * What kind of caller an identity is, and for a user its name: the last part of the ARN, after the path.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 * @example
 * describeCaller({ UserId, Account, Arn: 'arn:aws:iam::123456789012:user/teams/blue/alice' });
 * // { kind: 'user', UserName: 'alice' }
 */
export function describeCaller({ Arn }: Pick<CallerIdentity, 'Arn'>): Caller {
  const resource = /^arn:[^:]+:(?:iam|sts):[^:]*:\d*:(.+)$/.exec(Arn)?.[1] ?? '';
  if (resource === 'root') return { kind: 'root' };
  const UserName = /^user\/(?:.*\/)?([^/]+)$/.exec(resource)?.[1];
  if (UserName !== undefined) return { kind: 'user', UserName };
  return { kind: resource.startsWith('assumed-role/') ? 'role' : 'federated' };
}

/**
 * The user whose keys a call without a UserName is about, or undefined where IAM finds that out itself: it does for a
 * long-term key (a user's or root's), and does not for a temporary one, such as a user's session with MFA.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html
 * @throws KeyturnError ERR_CALLER for a role or a federated session, which has no access keys
 */
export async function resolveUserName(
  aws: Connection,
  UserName: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (UserName !== undefined) return UserName;
  const { sessionToken } = await resolveCredentials(aws.iam, signal);
  if (sessionToken === undefined) return undefined;
  return requireKeyHolder(await readCallerIdentity(aws.sts, signal)).UserName;
}

/**
 * The caller, where it is someone who can have access keys: a user or root.
 *
 * @throws KeyturnError ERR_CALLER
 */
export function requireKeyHolder(identity: CallerIdentity): Caller {
  const caller = describeCaller(identity);
  if (caller.kind === 'user' || caller.kind === 'root') return caller;
  const session = caller.kind === 'role' ? 'a role session' : 'a federated session';
  throw new KeyturnError(
    'ERR_CALLER',
    `the caller is ${session}, which has no access keys of its own: ${identity.Arn}`,
    {
      hint: 'name the user whose keys are meant: UserName, or --user NAME',
    },
  );
}
