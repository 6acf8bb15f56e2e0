import { encodeBase32 } from '../mfa/base32.ts';
import { composeSerialNumber } from './mfa-device.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { requireTags } from './tags.ts';

/** The seed is shown this once, in base32 as text and, with the device's name, as a QR code. */
export const createVirtualMfaDevice: IamAction<'CreateVirtualMFADevice'> = {
  resource({ input, caller }) {
    return composeSerialNumber(caller.accountId, input.Path ?? '/', input.VirtualMFADeviceName);
  },

  perform({ input, caller, directory }) {
    const { VirtualMFADeviceName, Path = '/', Tags = [] } = input;
    const { accountId } = caller;
    requireTags(Tags);
    const SerialNumber = composeSerialNumber(accountId, Path, VirtualMFADeviceName);
    const device = directory.transact(() => {
      const created = directory.mfaDevices.create(accountId, SerialNumber);
      if (created !== undefined) directory.tags.put(accountId, SerialNumber, Tags);
      return created;
    });
    if (device === undefined) throw refuse('EntityAlreadyExists', 'MFA device already exists.');
    return {
      VirtualMFADevice: {
        SerialNumber,
        Base32StringSeed: Buffer.from(encodeBase32(device.seed)),
        Tags: Tags.length > 0 ? Tags : undefined,
      },
    };
  },
};
