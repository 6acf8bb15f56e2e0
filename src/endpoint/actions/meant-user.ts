import type { Call } from '../action.ts';
import type { User } from '../directory/records.ts';
import { findKeyOwner } from './key-owner.ts';
import { refuseUnknownUser, refuseUnnamed } from './refusals.ts';

/**
 * The user that a request names, or without a name the one whose key signed.
 *
 * @throws AwsFault NoSuchEntity for a user that is not there, ValidationError for a caller that must name one
 */
export function findMeantUser(call: Call<{ readonly UserName?: string | undefined }>): User {
  const { ownerId, UserName } = findKeyOwner(call);
  if (UserName === undefined) throw refuseUnnamed();
  const user = call.directory.users.findById(ownerId);
  if (user === undefined) throw refuseUnknownUser(UserName);
  return user;
}
