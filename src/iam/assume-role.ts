import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { Connection } from './connection.ts';
import { send } from './send.ts';
import { readSessionCredentials, type SessionCredentials } from './session-credentials.ts';

/**
 * Credentials of a role for an hour, signed for by the connection's own.
 *
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * @throws AwsError ERR_ACCESS_DENIED also where there is no such role or account
 */
export async function assumeRole(
  aws: Connection,
  input: { readonly RoleArn: string; readonly RoleSessionName: string },
  signal: AbortSignal | undefined,
): Promise<SessionCredentials> {
  const command = new AssumeRoleCommand(input);
  const { Credentials } = await send(aws.sts, command, signal, (options) => aws.sts.send(command, options));
  return readSessionCredentials(Credentials);
}
