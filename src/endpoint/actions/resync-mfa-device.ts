import { findDeviceOf, synchronize } from './mfa-device.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html */
export const resyncMfaDevice: IamAction<'ResyncMFADevice'> = {
  resource: nameUser,

  perform(call) {
    const device = findDeviceOf(call, findNamedUser(call));
    if (device.assignment !== undefined) synchronize(call, device, device.assignment);
  },
};
