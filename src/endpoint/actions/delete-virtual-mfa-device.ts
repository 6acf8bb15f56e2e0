import { findDevice } from './mfa-device.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html */
export const deleteVirtualMfaDevice: IamAction<'DeleteVirtualMFADevice'> = {
  resource({ input }) {
    return input.SerialNumber;
  },

  perform(call) {
    const { SerialNumber, assignment } = findDevice(call);
    if (assignment !== undefined) {
      throw refuse('DeleteConflict', 'MFA VirtualDevice in use. Must deactivate first.');
    }
    call.directory.mfaDevices.delete(SerialNumber);
  },
};
