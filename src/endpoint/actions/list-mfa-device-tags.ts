import { findDevice, nameDevice } from './mfa-device.ts';
import type { IamAction } from './service-action.ts';
import { listTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADeviceTags.html */
export const listMfaDeviceTags: IamAction<'ListMFADeviceTags'> = {
  resource: nameDevice,

  perform(call) {
    return listTags(call, findDevice(call).SerialNumber);
  },
};
