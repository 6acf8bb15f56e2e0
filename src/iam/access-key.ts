import type { AccessKeyMetadata as Answered } from '@aws-sdk/client-iam';
import { AwsError } from '../errors.ts';

/** `Expired` is AWS's and cannot be set; later words pass through as they come. */
export type AccessKeyStatus = 'Active' | 'Inactive' | 'Expired' | (string & {});

/** An access key without its secret. */
export interface AccessKeyMetadata {
  readonly UserName: string;
  readonly AccessKeyId: string;
  readonly Status: AccessKeyStatus;
  readonly CreateDate: Date;
}

/** The owner of the account's own keys, in the words of AWS's credential report: root has no user name. */
export const rootUserName = '<root_account>';

/**
 * A key as IAM lists it.
 *
 * @throws AwsError ERR_NOT_IAM when a part is missing that IAM always gives
 */
export function readAccessKey(key: Answered, UserName: string | undefined): AccessKeyMetadata {
  const { AccessKeyId, Status, CreateDate } = key;
  if (AccessKeyId && Status && CreateDate) {
    return { UserName: key.UserName ?? UserName ?? rootUserName, AccessKeyId, Status, CreateDate };
  }
  throw new AwsError('ERR_NOT_IAM', 'the endpoint listed an access key without its AccessKeyId, Status or CreateDate', {
    hint: 'check the endpoint URL: IAM itself always gives these',
  });
}
