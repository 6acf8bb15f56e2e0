/** The password of an account's root user: that there is one, for nobody signs in here. */

import type { Call } from '../action.ts';
import { refuse } from './refusals.ts';

interface RootLoginProfile {
  readonly CreateDate: Date;
  readonly PasswordResetRequired: false;
}

/** @throws AwsFault NoSuchEntity, in which AWS names a user that the request did not name */
export function findRootProfile({ caller, directory }: Call<unknown>): RootLoginProfile {
  const CreateDate = directory.accounts.find(caller.accountId)?.rootPasswordAt;
  if (CreateDate === undefined) throw refuse('NoSuchEntity', 'Login Profile for User null cannot be found.');
  return { CreateDate, PasswordResetRequired: false };
}

/**
 * Lets the root user have a password, which whoever reads the account's mail sets.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
 *
 * @throws AwsFault EntityAlreadyExists
 */
export function createRootProfile({ caller: { accountId }, directory, now }: Call<unknown>): RootLoginProfile {
  if (directory.accounts.find(accountId)?.rootPasswordAt !== undefined) {
    throw refuse('EntityAlreadyExists', `Login Profile for account ${accountId} already exists.`);
  }
  directory.accounts.setRootPassword(accountId, now);
  return { CreateDate: now, PasswordResetRequired: false };
}

/** @throws AwsFault NoSuchEntity */
export function deleteRootProfile(call: Call<unknown>): void {
  findRootProfile(call);
  call.directory.accounts.setRootPassword(call.caller.accountId, undefined);
}
