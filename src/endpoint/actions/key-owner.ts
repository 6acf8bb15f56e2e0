/**
 * Whose keys a request is about: the named user's; without a name the keys of whoever owns the key that signed, so that a
 * root user reaches its own. A temporary key of a user or a role is nobody's, and has to name the user.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html
 */

import type { Call } from '../action.ts';
import type { AccessKey } from '../directory/records.ts';
import type { NamedResource } from '../resource.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import { refuse, refuseUnnamed } from './refusals.ts';

type OwnerCall = Call<{ readonly UserName?: string | undefined }>;

export interface KeyOwner {
  /** The UserId, or the account id for the root user. */
  readonly ownerId: string;
  /** Absent for the root user. */
  readonly UserName?: string;
}

/** @throws AwsFault NoSuchEntity for a user that is not there, ValidationError for a caller that must name one */
export function findKeyOwner(call: OwnerCall): KeyOwner {
  const { input, caller } = call;
  if (input.UserName !== undefined) {
    const { UserId, UserName } = findNamedUser({ ...call, input: { UserName: input.UserName } });
    return { ownerId: UserId, UserName };
  }
  if (meansRoot(call)) return { ownerId: caller.accountId };
  if (caller.kind !== 'user' || caller.temporary) throw refuseUnnamed();
  return { ownerId: caller.userId, UserName: caller.userName };
}

/** Whether a request of the root user names nobody, and so is about the root user. */
export function meansRoot({ input, caller }: OwnerCall): boolean {
  return input.UserName === undefined && caller.kind === 'root';
}

/** The owner as a resource. @throws AwsFault ValidationError for a caller that must name a user */
export function nameKeyOwner(call: OwnerCall): NamedResource {
  const { input, caller } = call;
  if (input.UserName !== undefined) return nameUser({ ...call, input: { UserName: input.UserName } });
  const { UserName } = findKeyOwner(call);
  return UserName === undefined ? caller.arn : nameUser({ ...call, input: { UserName } });
}

/**
 * The same for the actions on access keys: of a user who is not named AWS says `user null`, and then the name.
 *
 * @throws AwsFault as {@link nameKeyOwner}
 */
export function nameAccessKeyOwner(call: OwnerCall): NamedResource {
  const named = nameKeyOwner(call);
  const isNamed = call.input.UserName !== undefined || call.caller.kind !== 'user';
  return isNamed || typeof named !== 'object' ? named : { ...named, words: `user null${call.caller.userName}` };
}

/** A key of that owner and of nobody else. @throws AwsFault as {@link findKeyOwner}, and NoSuchEntity for the key */
export function findOwnedKey(
  call: Call<{ readonly UserName?: string | undefined; readonly AccessKeyId: string }>,
): AccessKey {
  const { AccessKeyId } = call.input;
  const { ownerId } = findKeyOwner(call);
  const key = call.directory.accessKeys.find(AccessKeyId);
  if (key?.ownerId !== ownerId) {
    throw refuse('NoSuchEntity', `The Access Key with id ${AccessKeyId} cannot be found.`);
  }
  return key;
}
