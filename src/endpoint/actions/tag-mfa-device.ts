import { findDevice, nameDevice } from './mfa-device.ts';
import type { IamAction } from './service-action.ts';
import { putTags, requireCasedTags, requireSome } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagMFADevice.html */
export const tagMfaDevice: IamAction<'TagMFADevice'> = {
  resource: nameDevice,

  perform(call) {
    requireSome(call.input.Tags);
    requireCasedTags(call.input.Tags);
    putTags(call, findDevice(call).SerialNumber);
  },
};
