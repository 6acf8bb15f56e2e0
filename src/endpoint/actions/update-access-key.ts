import { findOwnedKey, nameAccessKeyOwner } from './key-owner.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export const updateAccessKey: IamAction<'UpdateAccessKey'> = {
  resource: nameAccessKeyOwner,

  perform(call) {
    const { Status } = call.input;
    if (Status === 'Expired') throw refuse('InvalidInput', 'Operation does not support status Expired');
    call.directory.accessKeys.setStatus(findOwnedKey(call).AccessKeyId, Status);
  },
};
