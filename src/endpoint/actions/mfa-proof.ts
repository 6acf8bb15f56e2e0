import { AwsFault } from '../../protocol/fault.ts';
import type { Call } from '../action.ts';
import { requirePossession } from '../mfa/require-possession.ts';

/** Whether a request to STS comes with proof of an MFA device. @throws AwsFault AccessDenied for a proof that fails */
export function provesMfa({
  input,
  caller,
  directory,
  now,
}: Call<{ readonly SerialNumber?: string | undefined; readonly TokenCode?: string | undefined }>): boolean {
  const { SerialNumber, TokenCode } = input;
  if (SerialNumber === undefined && TokenCode === undefined) return false;
  if (SerialNumber === undefined || TokenCode === undefined) {
    const problem = 'must provide both MFA serial number and one time pass code.';
    throw new AwsFault('AccessDenied', `MultiFactorAuthentication failed, ${problem}`, 403);
  }
  const { accountId, userId: UserId } = caller;
  requirePossession(directory, { accountId, UserId, SerialNumber, TokenCode }, now);
  return true;
}
