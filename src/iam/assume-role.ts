import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { AwsError } from '../errors.ts';
import { Secret } from '../secret.ts';
import type { Connection } from './connection.ts';
import { send } from './send.ts';

export interface SessionCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
  readonly SessionToken: Secret;
  readonly Expiration: Date;
}

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
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
  if (AccessKeyId && SecretAccessKey && SessionToken && Expiration) {
    const secrets = { SecretAccessKey: new Secret(SecretAccessKey), SessionToken: new Secret(SessionToken) };
    return { AccessKeyId, ...secrets, Expiration };
  }
  throw new AwsError('ERR_NOT_IAM', 'the endpoint let the role be assumed and gave no credentials for it');
}
