import type { Credentials } from '@aws-sdk/client-sts';
import { AwsError } from '../errors.ts';
import { Secret } from '../secret.ts';

/** Temporary credentials, as STS hands them out. */
export interface SessionCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
  readonly SessionToken: Secret;
  readonly Expiration: Date;
}

/** @throws AwsError ERR_NOT_IAM when a part is missing that STS always gives */
export function readSessionCredentials(answered: Credentials | undefined): SessionCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answered ?? {};
  if (AccessKeyId && SecretAccessKey && SessionToken && Expiration) {
    const secrets = { SecretAccessKey: new Secret(SecretAccessKey), SessionToken: new Secret(SessionToken) };
    return { AccessKeyId, ...secrets, Expiration };
  }
  throw new AwsError('ERR_NOT_IAM', 'the endpoint made a session and did not tell its credentials', {
    hint: 'check the endpoint URL of STS',
  });
}
