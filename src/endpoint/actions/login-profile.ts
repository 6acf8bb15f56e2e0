import type { Directory } from '../directory/directory.ts';
import type { LoginProfile } from '../directory/login-profiles.ts';
import type { User } from '../directory/records.ts';
import { refuse } from './refusals.ts';

/** The login profile of a user. @throws AwsFault NoSuchEntity */
export function findLoginProfile(directory: Directory, { UserId, UserName }: User): LoginProfile {
  const profile = directory.loginProfiles.find(UserId);
  if (profile === undefined) throw refuse('NoSuchEntity', `Login Profile for User ${UserName} cannot be found.`);
  return profile;
}
