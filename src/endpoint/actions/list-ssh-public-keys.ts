import { findKeyOwner, nameKeyOwner } from './key-owner.ts';
import type { IamAction } from './service-action.ts';

/**
 * None can be uploaded here, so the list is empty.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html
 */
export const listSshPublicKeys: IamAction<'ListSSHPublicKeys'> = {
  resource: nameKeyOwner,

  perform(call) {
    findKeyOwner(call);
    return { SSHPublicKeys: [], IsTruncated: false };
  },
};
