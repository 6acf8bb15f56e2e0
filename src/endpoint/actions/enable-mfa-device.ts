import { findDeviceOwner, nameDeviceOwner } from './device-owner.ts';
import { findDevice, requireMfaOfOneself, synchronize } from './mfa-device.ts';
import { mfaDevicesQuota } from './quotas.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html */
export const enableMfaDevice: IamAction<'EnableMFADevice'> = {
  resource: nameDeviceOwner,

  perform(call) {
    const { directory, now } = call;
    const { UserId } = findDeviceOwner(call);
    requireMfaOfOneself(call, { UserId });
    const device = findDevice(call);
    if (device.assignment !== undefined) throw refuse('EntityAlreadyExists', 'MFA Device is already in use.');
    if (directory.mfaDevices.listOfUser(UserId).length >= mfaDevicesQuota) {
      throw refuse('LimitExceeded', `Cannot exceed quota for MFADevicesPerUser: ${mfaDevicesQuota}`);
    }
    synchronize(call, device, { UserId, EnableDate: now });
  },
};
