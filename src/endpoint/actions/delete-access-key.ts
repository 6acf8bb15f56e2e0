import { findOwnedKey, nameAccessKeyOwner } from './key-owner.ts';
import type { IamAction } from './service-action.ts';

/**
 * An Active key is deleted as readily as an Inactive one, also when it is the one that signed.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html
 */
export const deleteAccessKey: IamAction<'DeleteAccessKey'> = {
  resource: nameAccessKeyOwner,

  perform(call) {
    call.directory.accessKeys.delete(findOwnedKey(call).AccessKeyId);
  },
};
