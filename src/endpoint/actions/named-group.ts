import type { Call } from '../action.ts';
import type { Group } from '../directory/records.ts';
import type { Resource } from '../resource.ts';
import { refuse } from './refusals.ts';

type NamingCall = Call<{ readonly GroupName: string }>;

/** The group that a request names. @throws AwsFault NoSuchEntity */
export function findNamedGroup({ input, caller, directory }: NamingCall): Group {
  const group = directory.groups.find(caller.accountId, input.GroupName);
  if (group === undefined) throw refuse('NoSuchEntity', `The group with name ${input.GroupName} cannot be found.`);
  return group;
}

/** The group a request names as a resource: by its stored name, or as written where there is no such group. */
export function nameGroup({ input, caller, directory }: NamingCall): Resource {
  const group = directory.groups.find(caller.accountId, input.GroupName);
  const GroupName = group?.GroupName ?? input.GroupName;
  return { arn: group?.Arn ?? `arn:aws:iam::${caller.accountId}:group/${GroupName}`, words: `group ${GroupName}` };
}

/** What IAM shows of a group wherever it shows one. */
export function describeGroup({ Path, GroupName, GroupId, Arn, CreateDate }: Group): Omit<Group, 'accountId'> {
  return { Path, GroupName, GroupId, Arn, CreateDate };
}

/** A name that another group has, written in any case. */
export function refuseTakenGroupName(GroupName: string): Error {
  return refuse('EntityAlreadyExists', `Group with name ${GroupName} already exists.`);
}
