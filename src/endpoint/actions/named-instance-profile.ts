import type { Call } from '../action.ts';
import type { Directory } from '../directory/directory.ts';
import type { InstanceProfile } from '../directory/instance-profiles.ts';
import type { Resource } from '../resource.ts';
import { describeRole } from './named-role.ts';
import { refuse } from './refusals.ts';

type NamingCall = Call<{ readonly InstanceProfileName: string }>;

/** The profile that a request names. @throws AwsFault NoSuchEntity */
export function findNamedProfile({ input, caller, directory }: NamingCall): InstanceProfile {
  const { InstanceProfileName: name } = input;
  const profile = directory.instanceProfiles.find(caller.accountId, name);
  if (profile === undefined) throw refuse('NoSuchEntity', `Instance Profile ${name} cannot be found.`);
  return profile;
}

/** The profile a request names as a resource: by its stored name, or as written where there is no such profile. */
export function nameProfile({ input, caller, directory }: NamingCall): Resource {
  const { InstanceProfileName: name } = input;
  const profile = directory.instanceProfiles.find(caller.accountId, name);
  if (profile === undefined) {
    return { arn: `arn:aws:iam::${caller.accountId}:instance-profile/${name}`, words: `instance profile ${name}` };
  }
  const { Arn, InstanceProfileId, InstanceProfileName } = profile;
  return { arn: Arn, words: `instance profile ${InstanceProfileName}`, taggedId: InstanceProfileId };
}

/** What IAM shows of a profile wherever it shows one: with its role, without its tags. */
export function describeProfile(directory: Directory, profile: InstanceProfile) {
  const { Path, InstanceProfileName, InstanceProfileId, Arn, CreateDate, roleId } = profile;
  const role = roleId === undefined ? undefined : directory.roles.findById(roleId);
  const Roles = role === undefined ? [] : [describeRole(role)];
  return { Path, InstanceProfileName, InstanceProfileId, Arn, CreateDate, Roles };
}
