import { AwsFault } from '../../protocol/fault.ts';
import type { Directory } from '../directory/directory.ts';
import { findCode } from './synchronize.ts';

/** Who says that it has a device, and the code that shows it. */
export interface Possession {
  readonly accountId: string;
  readonly UserId: string;
  readonly SerialNumber: string;
  readonly TokenCode: string;
}

/**
 * Makes sure that a user has the MFA device it names. A code counts once, a little before and after its time too; tries
 * are counted, good and bad.
 *
 * Source: docs/endpoint.md, "Virtual MFA devices"
 *
 * @throws AwsFault AccessDenied, in the words of STS
 */
export function requirePossession(directory: Directory, possession: Possession, now: Date): void {
  const { accountId, UserId, SerialNumber, TokenCode } = possession;
  const device = directory.mfaDevices.find(accountId, SerialNumber);
  if (device?.assignment?.UserId !== UserId || !directory.mfaTries.take(SerialNumber, now)) {
    const advice = 'Please verify your MFA serial number is valid and associated with this user.';
    throw deny(`MultiFactorAuthentication failed, unable to validate MFA code.  ${advice}`);
  }
  const step = findCode(device, TokenCode, now);
  if (step === undefined || !directory.mfaDevices.spendCode(SerialNumber, step)) {
    throw deny('MultiFactorAuthentication failed with invalid MFA one time pass code. ');
  }
}

function deny(message: string): AwsFault {
  return new AwsFault('AccessDenied', message, 403);
}
