/**
 * Finds out before anything is changed whether the calls of a rotation are allowed.
 *
 * IAM authorizes a call before it looks for what the call is about, so a change of a key that does not exist is refused
 * as AccessDenied where it would not be allowed, and as NoSuchEntity where it would. CreateAccessKey has no such form; it
 * is the first change of all, so when it is refused nothing has been changed.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { AwsError, KeyturnError } from '../errors.ts';
import type { RotationIam } from './ports.ts';

/** A key id of the right form that IAM never gave out: `random` are 16 characters of base32. */
export function makeNobodysKeyId(random: string): string {
  return `AKIA${random}`;
}

/** The actions that are not allowed, as far as that can be found out. @throws AwsError any other failure */
export async function findMissingPermissions(
  iam: RotationIam,
  UserName: string,
  nobodys: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const effect = { signal: signal ?? new AbortController().signal, requireLease: () => undefined };
  const trials = [
    ['iam:UpdateAccessKey', () => iam.setStatus(UserName, nobodys, 'Inactive', effect)],
    ['iam:DeleteAccessKey', () => iam.delete(UserName, nobodys, effect)],
  ] as const;
  const missing: string[] = [];
  for (const [action, attempt] of trials) {
    if (await isDenied(attempt)) missing.push(action);
  }
  return missing;
}

async function isDenied(attempt: () => Promise<void>): Promise<boolean> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof KeyturnError && error.code === 'ERR_NO_SUCH_ENTITY') return false;
    if (error instanceof AwsError && error.code === 'ERR_ACCESS_DENIED') return true;
    throw error;
  }
  throw new KeyturnError('ERR_NOT_IAM', 'the endpoint changed an access key that does not exist', {
    hint: 'check the endpoint URL: IAM answers NoSuchEntity',
  });
}
