import { AwsFault } from '../../protocol/fault.ts';
import type { Call } from '../action.ts';
import type { MfaDevice } from '../directory/mfa-devices.ts';
import { findPair } from '../mfa/synchronize.ts';
import { findStep } from '../mfa/totp.ts';
import type { Resource } from '../resource.ts';
import type { DeviceOwner } from './device-owner.ts';
import { refuse } from './refusals.ts';

/** The ARN of a device. */
export function composeSerialNumber(accountId: string, Path: string, name: string): string {
  return `arn:aws:iam::${accountId}:mfa${Path}${name}`;
}

/** A device of the caller's account. @throws AwsFault NoSuchEntity */
export function findDevice({ input, caller, directory }: Call<{ readonly SerialNumber: string }>): MfaDevice {
  const device = directory.mfaDevices.find(caller.accountId, input.SerialNumber);
  if (device === undefined) {
    throw refuse('NoSuchEntity', `MFA Device with serial number ${input.SerialNumber} does not exist.`);
  }
  return device;
}

/** The device a request names as a resource, which may carry tags. */
export function nameDevice({ input }: Call<{ readonly SerialNumber: string }>): Resource {
  const { SerialNumber } = input;
  return { arn: SerialNumber, taggedId: SerialNumber };
}

/** A device that is assigned to somebody. @throws AwsFault NoSuchEntity */
export function findDeviceOf(call: Call<{ readonly SerialNumber: string }>, { UserId }: DeviceOwner): MfaDevice {
  const device = findDevice(call);
  if (device.assignment?.UserId !== UserId) throw refuse('NoSuchEntity', 'MFA Device invalid for user.');
  return device;
}

/**
 * Whoever has an MFA device adds and removes devices of its own only with a session that was made with one.
 *
 * Source: https://aws.amazon.com/security/security-bulletins/AWS-2023-001/
 *
 * @throws AwsFault AccessDenied
 */
export function requireMfaOfOneself({ caller, directory }: Call<unknown>, { UserId }: DeviceOwner): void {
  const own = caller.kind === 'user' && caller.userId === UserId;
  if (!own || caller.session?.mfa === true || directory.mfaDevices.listOfUser(UserId).length === 0) return;
  const advice = 'please ensure that you are authenticated with an MFA device that is enabled for this user.';
  throw new AwsFault('AccessDenied', `To complete this action, ${advice}`, 403);
}

/** Assigns a device whose clock is known from two codes in a row. @throws AwsFault InvalidAuthenticationCode */
export function synchronize(
  { input, directory, now }: Call<{ readonly AuthenticationCode1: string; readonly AuthenticationCode2: string }>,
  device: MfaDevice,
  { UserId, EnableDate }: { readonly UserId: string; readonly EnableDate: Date },
): void {
  const lastStep = findPair(device, [input.AuthenticationCode1, input.AuthenticationCode2], now);
  if (lastStep === undefined) {
    throw refuse('InvalidAuthenticationCode', 'Authentication code for device is not valid.');
  }
  const skew = lastStep - findStep(now);
  directory.mfaDevices.assign(device.SerialNumber, { UserId, EnableDate, skew, lastStep });
}
