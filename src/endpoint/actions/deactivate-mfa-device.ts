import { findKeyOwner, nameKeyOwner } from './key-owner.ts';
import { findDeviceOf, requireMfaOfOneself } from './mfa-device.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html */
export const deactivateMfaDevice: IamAction<'DeactivateMFADevice'> = {
  resource: nameKeyOwner,

  perform(call) {
    const owner = { UserId: findKeyOwner(call).ownerId };
    requireMfaOfOneself(call, owner);
    call.directory.mfaDevices.unassign(findDeviceOf(call, owner).SerialNumber);
  },
};
