import { describe, expect, it } from 'vitest';
import { createVirtualMfaDevice } from '../../../../src/endpoint/actions/create-virtual-mfa-device.ts';
import { deactivateMfaDevice } from '../../../../src/endpoint/actions/deactivate-mfa-device.ts';
import { deleteVirtualMfaDevice } from '../../../../src/endpoint/actions/delete-virtual-mfa-device.ts';
import { enableMfaDevice } from '../../../../src/endpoint/actions/enable-mfa-device.ts';
import { getMfaDevice } from '../../../../src/endpoint/actions/get-mfa-device.ts';
import { listMfaDeviceTags } from '../../../../src/endpoint/actions/list-mfa-device-tags.ts';
import { listMfaDevices } from '../../../../src/endpoint/actions/list-mfa-devices.ts';
import { listVirtualMfaDevices } from '../../../../src/endpoint/actions/list-virtual-mfa-devices.ts';
import { resyncMfaDevice } from '../../../../src/endpoint/actions/resync-mfa-device.ts';
import { tagMfaDevice } from '../../../../src/endpoint/actions/tag-mfa-device.ts';
import { untagMfaDevice } from '../../../../src/endpoint/actions/untag-mfa-device.ts';
import { encodeBase32 } from '../../../../src/endpoint/mfa/base32.ts';
import { composeCodewords } from '../../../../src/endpoint/mfa/qr/codewords.ts';
import { writePng } from '../../../../src/endpoint/mfa/qr/png.ts';
import { drawSymbol } from '../../../../src/endpoint/mfa/qr/symbol.ts';
import { requirePossession } from '../../../../src/endpoint/mfa/require-possession.ts';
import { computeCode, findStep } from '../../../../src/endpoint/mfa/totp.ts';
import type { UserCaller } from '../../../../src/endpoint/caller.ts';
import { accountId, invalidMarker, now, openAccount, refusal, root, unknownUser } from './rehearsal.ts';

const step = findStep(now);

function openWithDevice() {
  const account = openAccount();
  const { directory, perform } = account;
  const bob = account.addUser('Bob', '/team/');
  const { SerialNumber } = perform(createVirtualMfaDevice, { VirtualMFADeviceName: 'phone' }).VirtualMFADevice;
  const seed = directory.mfaDevices.find(accountId, SerialNumber)?.seed ?? Buffer.of();
  const codesAt = (second: number) => ({
    AuthenticationCode1: computeCode(seed, second - 1),
    AuthenticationCode2: computeCode(seed, second),
  });
  const enable = { UserName: 'bob', SerialNumber, ...codesAt(step) };
  return { ...account, bob, SerialNumber, seed, codesAt, enable };
}

const invalidCode = refusal('InvalidAuthenticationCode', 403, 'Authentication code for device is not valid.');
const notOfUser = refusal('NoSuchEntity', 404, 'MFA Device invalid for user.');

describe('CreateVirtualMFADevice', () => {
  it('makes a device with a seed of 64 characters, which it shows once', () => {
    const { directory, perform } = openAccount();
    const Tags = [{ Key: 'owner', Value: 'ada' }];
    const input = { VirtualMFADeviceName: 'phone', Path: '/devices/', Tags };
    const { VirtualMFADevice: device } = perform(createVirtualMfaDevice, input);
    const { SerialNumber, Base32StringSeed } = device;
    expect(SerialNumber).toBe(`arn:aws:iam::${accountId}:mfa/devices/phone`);
    const seed = directory.mfaDevices.find(accountId, SerialNumber)?.seed ?? Buffer.of();
    expect(Buffer.from(Base32StringSeed ?? []).toString()).toBe(encodeBase32(seed));
    expect(Base32StringSeed).toHaveLength(64);
    expect(device.Tags).toEqual(Tags);
    expect(directory.tags.list(SerialNumber)).toEqual(Tags);
  });

  it('makes a device that can be tagged, its keys differing by case', () => {
    const { perform, attempt, resource, SerialNumber } = openWithDevice();
    const device = { SerialNumber };
    const Tags = [
      { Key: 'Owner', Value: 'ada' },
      { Key: 'owner', Value: 'bob' },
    ];
    perform(tagMfaDevice, { ...device, Tags });
    expect(perform(listMfaDeviceTags, device)).toEqual({ Tags, IsTruncated: false });
    perform(untagMfaDevice, { ...device, TagKeys: ['Owner'] });
    expect(perform(listMfaDeviceTags, device).Tags).toEqual([Tags[1]]);
    expect(attempt(tagMfaDevice, { ...device, Tags: [...Tags, ...Tags] })).toThrow(
      refusal('InvalidInput', 400, 'Duplicate tag keys found.'),
    );
    const absent = { SerialNumber: `${SerialNumber}-absent` };
    expect(attempt(listMfaDeviceTags, absent)).toThrow(
      refusal('NoSuchEntity', 404, `MFA Device with serial number ${absent.SerialNumber} does not exist.`),
    );
    expect(resource(listMfaDeviceTags, device)).toBe(SerialNumber);
  });

  it('shows the seed as a QR code too, with the names of device and account', () => {
    const { directory, perform } = openAccount();
    const create = (VirtualMFADeviceName: string) =>
      perform(createVirtualMfaDevice, { VirtualMFADeviceName }).VirtualMFADevice;
    const draw = (device: ReturnType<typeof create>, label: string) => {
      const uri = `otpauth://totp/${label}?secret=${Buffer.from(device.Base32StringSeed ?? []).toString()}`;
      return writePng(drawSymbol(composeCodewords(Buffer.from(uri))));
    };
    const phone = create('phone');
    expect(phone.QRCodePNG).toEqual(draw(phone, `phone@${accountId}`));
    directory.accountSettings.setAlias(accountId, 'example-alias');
    const longest = '+'.repeat(226);
    const device = create(longest);
    expect(device.QRCodePNG).toEqual(draw(device, `${encodeURIComponent(longest)}@example-alias`));
  });

  it('refuses a device that is there', () => {
    const { attempt } = openWithDevice();
    const taken = refusal('EntityAlreadyExists', 409, 'MFA device already exists.');
    expect(attempt(createVirtualMfaDevice, { VirtualMFADeviceName: 'phone' })).toThrow(taken);
  });
});

describe('EnableMFADevice', () => {
  it('assigns a device to whoever has two codes in a row', () => {
    const { perform, enable, SerialNumber, bob } = openWithDevice();
    perform(enableMfaDevice, enable);
    expect(perform(listMfaDevices, { UserName: 'bob' })).toEqual({
      MFADevices: [{ UserName: 'Bob', SerialNumber, EnableDate: now }],
      IsTruncated: false,
    });
    const { Path, UserName, UserId, Arn, CreateDate } = bob;
    expect(perform(listVirtualMfaDevices, { AssignmentStatus: 'Assigned' })).toEqual({
      VirtualMFADevices: [{ SerialNumber, EnableDate: now, User: { Path, UserName, UserId, Arn, CreateDate } }],
      IsTruncated: false,
    });
    expect(perform(listVirtualMfaDevices, { AssignmentStatus: 'Unassigned' }).VirtualMFADevices).toEqual([]);
  });

  it('refuses codes that are wrong, alike or in the wrong order', () => {
    const { attempt, enable } = openWithDevice();
    const { AuthenticationCode1: first, AuthenticationCode2: second } = enable;
    expect(attempt(enableMfaDevice, { ...enable, AuthenticationCode1: second })).toThrow(invalidCode);
    const reversed = { ...enable, AuthenticationCode1: second, AuthenticationCode2: first };
    expect(attempt(enableMfaDevice, reversed)).toThrow(invalidCode);
  });

  it('refuses who or what is not there, and what is assigned', () => {
    const { attempt, perform, enable, addUser } = openWithDevice();
    expect(attempt(enableMfaDevice, { ...enable, UserName: 'eve' })).toThrow(unknownUser('eve'));
    const serial = `arn:aws:iam::${accountId}:mfa/gone`;
    const gone = refusal('NoSuchEntity', 404, `MFA Device with serial number ${serial} does not exist.`);
    expect(attempt(enableMfaDevice, { ...enable, SerialNumber: serial })).toThrow(gone);
    perform(enableMfaDevice, enable);
    const inUse = refusal('EntityAlreadyExists', 409, 'MFA Device is already in use.');
    expect(attempt(enableMfaDevice, enable)).toThrow(inUse);
    addUser('ada');
    expect(attempt(enableMfaDevice, { ...enable, UserName: 'ada' })).toThrow(inUse);
  });

  it('gives a user eight devices at most', () => {
    const { directory, perform, attempt, enable, bob } = openWithDevice();
    for (let number = 0; number < 8; number++) {
      const SerialNumber = `arn:aws:iam::${accountId}:mfa/${number}`;
      directory.mfaDevices.create(accountId, SerialNumber);
      directory.mfaDevices.assign(SerialNumber, { UserId: bob.UserId, EnableDate: now, skew: 0, lastStep: 0 });
    }
    const full = refusal('LimitExceeded', 409, 'Cannot exceed quota for MFADevicesPerUser: 8');
    expect(attempt(enableMfaDevice, enable)).toThrow(full);
    expect(perform(listMfaDevices, { UserName: 'bob' }).MFADevices).toHaveLength(8);
  });
});

describe('a user with an MFA device', () => {
  it('adds and removes devices of its own only with a session that was made with one', () => {
    const { directory, perform, attempt, enable, SerialNumber, bob } = openWithDevice();
    const { Arn: arn, UserId: userId, UserName: userName } = bob;
    const key = { kind: 'user', accountId, arn, userId, userName, accessKeyId: 'AKIARZPUZDIKCCCCCCCC' } as const;
    const caller: UserCaller = { ...key, temporary: false };
    perform(enableMfaDevice, enable, caller);
    const advice = 'please ensure that you are authenticated with an MFA device that is enabled for this user.';
    const denied = refusal('AccessDenied', 403, `To complete this action, ${advice}`);
    expect(attempt(deactivateMfaDevice, { SerialNumber }, caller)).toThrow(denied);
    expect(attempt(enableMfaDevice, { ...enable, SerialNumber: 'gone' }, caller)).toThrow(denied);
    const terms = { issuedAt: now, mfa: true, policies: undefined, tags: [], SourceIdentity: undefined };
    perform(deactivateMfaDevice, { UserName: 'bob', SerialNumber }, { ...key, temporary: true, session: terms });
    expect(directory.mfaDevices.listOfUser(userId)).toEqual([]);
  });
});

describe('ResyncMFADevice', () => {
  it('takes codes that are later than those before, and the time with them', () => {
    const { directory, perform, attempt, enable, codesAt, SerialNumber, seed, bob } = openWithDevice();
    perform(enableMfaDevice, enable);
    expect(attempt(resyncMfaDevice, enable)).toThrow(invalidCode);
    expect(attempt(resyncMfaDevice, { ...enable, ...codesAt(step + 1) })).toThrow(invalidCode);
    perform(resyncMfaDevice, { ...enable, ...codesAt(step + 500) });
    const TokenCode = computeCode(seed, step + 501);
    const possession = { accountId, UserId: bob.UserId, SerialNumber, TokenCode };
    requirePossession(directory, possession, now);
    expect(() => {
      requirePossession(directory, possession, now);
    }).toThrow(refusal('AccessDenied', 403, 'MultiFactorAuthentication failed with invalid MFA one time pass code. '));
  });

  it('refuses a device that the user does not have', () => {
    const { attempt, enable } = openWithDevice();
    expect(attempt(resyncMfaDevice, enable)).toThrow(notOfUser);
  });
});

describe('requirePossession', () => {
  it('does not tell a device that is not there from one of somebody else', () => {
    const { directory, perform, enable, SerialNumber, seed, admin } = openWithDevice();
    perform(enableMfaDevice, enable);
    const advice = 'Please verify your MFA serial number is valid and associated with this user.';
    const unable = refusal(
      'AccessDenied',
      403,
      `MultiFactorAuthentication failed, unable to validate MFA code.  ${advice}`,
    );
    for (const serial of [SerialNumber, `arn:aws:iam::${accountId}:mfa/gone`]) {
      const possession = { accountId, UserId: admin.userId, SerialNumber: serial, TokenCode: computeCode(seed, step) };
      expect(() => {
        requirePossession(directory, possession, now);
      }).toThrow(unable);
    }
  });

  it('takes nine tries in three minutes, good or bad', () => {
    const { directory, perform, enable, SerialNumber, seed, bob } = openWithDevice();
    perform(enableMfaDevice, enable);
    const prove = (seconds: number, code?: string) => () => {
      const time = new Date(now.getTime() + seconds * 1_000);
      const TokenCode = code ?? computeCode(seed, findStep(time));
      requirePossession(directory, { accountId, UserId: bob.UserId, SerialNumber, TokenCode }, time);
    };
    expect(prove(60)).not.toThrow();
    for (let tries = 2; tries <= 9; tries++) {
      expect(prove(60)).toThrow('MultiFactorAuthentication failed with invalid MFA one time pass code. ');
    }
    expect(prove(120)).toThrow('MultiFactorAuthentication failed, unable to validate MFA code.');
    expect(prove(179)).toThrow('MultiFactorAuthentication failed, unable to validate MFA code.');
    expect(prove(180)).not.toThrow();
  });
});

describe('DeactivateMFADevice and DeleteVirtualMFADevice', () => {
  it('take a device away before it can go', () => {
    const { perform, attempt, enable, SerialNumber } = openWithDevice();
    perform(enableMfaDevice, enable);
    const inUse = refusal('DeleteConflict', 409, 'MFA VirtualDevice in use. Must deactivate first.');
    expect(attempt(deleteVirtualMfaDevice, { SerialNumber })).toThrow(inUse);
    expect(attempt(deactivateMfaDevice, { UserName: 'admin', SerialNumber })).toThrow(notOfUser);
    perform(deactivateMfaDevice, { UserName: 'bob', SerialNumber });
    expect(attempt(deactivateMfaDevice, { UserName: 'bob', SerialNumber })).toThrow(notOfUser);
    expect(attempt(enableMfaDevice, enable)).toThrow(invalidCode);
    perform(deleteVirtualMfaDevice, { SerialNumber });
    const gone = refusal('NoSuchEntity', 404, `MFA Device with serial number ${SerialNumber} does not exist.`);
    expect(attempt(deleteVirtualMfaDevice, { SerialNumber })).toThrow(gone);
  });
});

describe('ListVirtualMFADevices', () => {
  it('shows an account its devices a page at a time', () => {
    const { perform, attempt } = openAccount();
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const VirtualMFADeviceName of names) perform(createVirtualMfaDevice, { VirtualMFADeviceName });
    const shown: string[] = [];
    let Marker: string | undefined;
    do {
      const page = perform(listVirtualMfaDevices, { MaxItems: 2, Marker });
      shown.push(...page.VirtualMFADevices.map(({ SerialNumber }) => SerialNumber));
      Marker = page.Marker;
      expect(page.IsTruncated).toBe(Marker !== undefined);
    } while (Marker !== undefined);
    expect(shown).toEqual(names.map((name) => `arn:aws:iam::${accountId}:mfa/${name}`));
    expect(attempt(listVirtualMfaDevices, { Marker: 'invalid-marker-value' })).toThrow(invalidMarker);
  });

  it('has room in a marker for the longest serial number', () => {
    const { directory, perform } = openAccount();
    const prefix = `arn:aws:iam::${accountId}:mfa/`;
    for (const letter of ['a', 'b'])
      directory.mfaDevices.create(accountId, prefix + letter.repeat(256 - prefix.length));
    const { Marker } = perform(listVirtualMfaDevices, { MaxItems: 1 });
    expect(Marker?.length).toBeLessThanOrEqual(320);
    expect(perform(listVirtualMfaDevices, { Marker }).VirtualMFADevices).toHaveLength(1);
  });

  it('needs permission for the devices of the account', () => {
    expect(openAccount().resource(listVirtualMfaDevices, {})).toBe(`arn:aws:iam::${accountId}:mfa/`);
  });
});

describe('ListMFADevices', () => {
  it('is empty for whoever has none, the root user too', () => {
    const { perform } = openAccount();
    expect(perform(listMfaDevices, {})).toEqual({ MFADevices: [], IsTruncated: false });
    expect(perform(listMfaDevices, {}, root)).toEqual({ MFADevices: [], IsTruncated: false });
  });
});

describe('GetMFADevice', () => {
  it('knows security keys alone', () => {
    const { attempt, SerialNumber } = openWithDevice();
    const words =
      'The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.';
    expect(attempt(getMfaDevice, { SerialNumber })).toThrow(refusal('ValidationError', 400, words));
  });
});
