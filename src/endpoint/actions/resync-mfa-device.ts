import { findDeviceOwner, nameDeviceOwner } from './device-owner.ts';
import { findDeviceOf, synchronize } from './mfa-device.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html */
export const resyncMfaDevice: IamAction<'ResyncMFADevice'> = {
  resource: nameDeviceOwner,

  perform(call) {
    const device = findDeviceOf(call, findDeviceOwner(call));
    if (device.assignment !== undefined) synchronize(call, device, device.assignment);
  },
};
