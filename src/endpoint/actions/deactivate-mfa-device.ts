import { nameKeyOwner } from './key-owner.ts';
import { findMeantUser } from './meant-user.ts';
import { findDeviceOf, requireMfaOfOneself } from './mfa-device.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html */
export const deactivateMfaDevice: IamAction<'DeactivateMFADevice'> = {
  resource: nameKeyOwner,

  perform(call) {
    const user = findMeantUser(call);
    requireMfaOfOneself(call, user);
    call.directory.mfaDevices.unassign(findDeviceOf(call, user).SerialNumber);
  },
};
