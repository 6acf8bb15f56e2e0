import { findOwnedKey, nameAccessKeyOwner } from './key-owner.ts';
import type { IamAction } from './service-action.ts';
import { requireSettable } from './settable-status.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export const updateAccessKey: IamAction<'UpdateAccessKey'> = {
  resource: nameAccessKeyOwner,

  perform(call) {
    const status = requireSettable(call.input.Status);
    call.directory.accessKeys.setStatus(findOwnedKey(call).AccessKeyId, status);
  },
};
