import { encodeBase32 } from '../mfa/base32.ts';
import { composeCodewords } from '../mfa/qr/codewords.ts';
import { writePng } from '../mfa/qr/png.ts';
import { drawSymbol } from '../mfa/qr/symbol.ts';
import { composeSerialNumber } from './mfa-device.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { requireCasedTags } from './tags.ts';

/**
 * The seed is shown this once, in base32 as text and, with the names of device and account, as a QR code.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_VirtualMFADevice.html
 */
export const createVirtualMfaDevice: IamAction<'CreateVirtualMFADevice'> = {
  resource({ input, caller }) {
    return composeSerialNumber(caller.accountId, input.Path ?? '/', input.VirtualMFADeviceName);
  },

  perform({ input, caller, directory }) {
    const { VirtualMFADeviceName, Path = '/', Tags = [] } = input;
    const { accountId } = caller;
    requireCasedTags(Tags);
    const SerialNumber = composeSerialNumber(accountId, Path, VirtualMFADeviceName);
    const device = directory.transact(() => {
      const created = directory.mfaDevices.create(accountId, SerialNumber);
      if (created !== undefined) directory.tags.put(accountId, SerialNumber, Tags);
      return created;
    });
    if (device === undefined) throw refuse('EntityAlreadyExists', 'MFA device already exists.');
    const seed = encodeBase32(device.seed);
    const account = directory.accountSettings.findAlias(accountId) ?? accountId;
    const uri = `otpauth://totp/${encodeURIComponent(VirtualMFADeviceName)}@${account}?secret=${seed}`;
    return {
      VirtualMFADevice: {
        SerialNumber,
        Base32StringSeed: Buffer.from(seed),
        QRCodePNG: writePng(drawSymbol(composeCodewords(Buffer.from(uri)))),
        Tags: Tags.length > 0 ? Tags : undefined,
      },
    };
  },
};
