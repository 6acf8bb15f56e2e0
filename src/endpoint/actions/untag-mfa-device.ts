import { findDevice, nameDevice } from './mfa-device.ts';
import type { IamAction } from './service-action.ts';
import { requireSome } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagMFADevice.html */
export const untagMfaDevice: IamAction<'UntagMFADevice'> = {
  resource: nameDevice,

  perform(call) {
    requireSome(call.input.TagKeys);
    call.directory.tags.remove(findDevice(call).SerialNumber, call.input.TagKeys);
  },
};
