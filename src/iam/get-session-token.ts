import { GetSessionTokenCommand } from '@aws-sdk/client-sts';
import type { Connection } from './connection.ts';
import { logFailure } from './log.ts';
import { send } from './send.ts';
import { readSessionCredentials, type SessionCredentials } from './session-credentials.ts';

/**
 * A session of the caller that has shown its MFA device, for policies that ask for it. IAM can be reached with it only so.
 *
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 * @param SerialNumber the device's serial number or ARN
 * @throws AwsError ERR_ACCESS_DENIED also for a wrong code, and any other answer of STS
 * @example
 * const session = await getSessionToken(aws, { SerialNumber: 'arn:aws:iam::123456789012:mfa/alice', TokenCode: '123456' });
 */
export async function getSessionToken(
  aws: Connection,
  options: { readonly SerialNumber: string; readonly TokenCode: string; readonly signal?: AbortSignal | undefined },
): Promise<SessionCredentials> {
  const { SerialNumber, TokenCode, signal } = options;
  return logFailure(aws, `get a session with the MFA device ${SerialNumber}`, async () => {
    const command = new GetSessionTokenCommand({ SerialNumber, TokenCode });
    const { Credentials } = await send(aws.sts, command, signal, (given) => aws.sts.send(command, given));
    return readSessionCredentials(Credentials);
  });
}
