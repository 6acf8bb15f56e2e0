/** Users, roles, groups and policies with all that decides what they may do, as GetAccountAuthorizationDetails shows them. */

import type { Call } from '../action.ts';
import type { Directory } from '../directory/directory.ts';
import type { Group, Role, User } from '../directory/records.ts';
import { listPolicyVersions, type ManagedPolicy } from '../managed-policies.ts';
import { describeBoundary } from './boundary.ts';
import { describeProfile } from './named-instance-profile.ts';
import { describeGroup } from './named-group.ts';
import { describePolicy } from './named-policy.ts';
import { describeRole } from './named-role.ts';
import { describeUser } from './named-user.ts';
import { encodeDocument } from './policy-text.ts';

export function detailUser({ directory }: Call<unknown>, user: User) {
  const { UserId, boundaryArn } = user;
  const inline = listInline(directory, UserId);
  return {
    ...describeUser(user),
    // Left out where there are none; those of groups and roles are not.
    UserPolicyList: inline.length > 0 ? inline : undefined,
    GroupList: directory.groups.listOf(UserId).map(({ GroupName }) => GroupName),
    AttachedManagedPolicies: listAttached(directory, UserId),
    PermissionsBoundary: describeBoundary(boundaryArn),
    Tags: directory.tags.list(UserId),
  };
}

export function detailRole({ directory }: Call<unknown>, role: Role) {
  const { RoleId, boundaryArn, lastUse = {} } = role;
  return {
    ...describeRole(role),
    InstanceProfileList: directory.instanceProfiles
      .listOfRole(RoleId)
      .map((profile) => describeProfile(directory, profile)),
    RolePolicyList: listInline(directory, RoleId),
    AttachedManagedPolicies: listAttached(directory, RoleId),
    PermissionsBoundary: describeBoundary(boundaryArn),
    Tags: directory.tags.list(RoleId),
    RoleLastUsed: lastUse,
  };
}

export function detailGroup({ directory }: Call<unknown>, group: Group) {
  const { GroupId } = group;
  return {
    ...describeGroup(group),
    GroupPolicyList: listInline(directory, GroupId),
    AttachedManagedPolicies: listAttached(directory, GroupId),
  };
}

/** Without the description, which GetPolicy says. */
export function detailPolicy(call: Call<unknown>, policy: ManagedPolicy) {
  const versions = listPolicyVersions(call.directory, policy);
  return {
    ...describePolicy(call, policy),
    PolicyVersionList: versions.map(({ version, document, CreateDate }) => ({
      Document: encodeDocument(document),
      VersionId: `v${version}`,
      IsDefaultVersion: version === policy.defaultVersion,
      CreateDate,
    })),
  };
}

function listInline({ inlinePolicies }: Directory, ownerId: string) {
  return inlinePolicies
    .list(ownerId)
    .map(({ PolicyName, document }) => ({ PolicyName, PolicyDocument: encodeDocument(document) }));
}

function listAttached({ attachedPolicies }: Directory, ownerId: string) {
  return attachedPolicies
    .list(ownerId)
    .map((PolicyArn) => ({ PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1), PolicyArn }));
}
