// The actions on the policies of users, groups and roles, so that one set of cases tries the three.
import { attachGroupPolicy } from '../../../../src/endpoint/actions/attach-group-policy.ts';
import { attachRolePolicy } from '../../../../src/endpoint/actions/attach-role-policy.ts';
import { attachUserPolicy } from '../../../../src/endpoint/actions/attach-user-policy.ts';
import { createGroup } from '../../../../src/endpoint/actions/create-group.ts';
import { createRole } from '../../../../src/endpoint/actions/create-role.ts';
import { deleteGroupPolicy } from '../../../../src/endpoint/actions/delete-group-policy.ts';
import { deleteRolePolicy } from '../../../../src/endpoint/actions/delete-role-policy.ts';
import { deleteUserPolicy } from '../../../../src/endpoint/actions/delete-user-policy.ts';
import { detachGroupPolicy } from '../../../../src/endpoint/actions/detach-group-policy.ts';
import { detachRolePolicy } from '../../../../src/endpoint/actions/detach-role-policy.ts';
import { detachUserPolicy } from '../../../../src/endpoint/actions/detach-user-policy.ts';
import { getGroupPolicy } from '../../../../src/endpoint/actions/get-group-policy.ts';
import { getRolePolicy } from '../../../../src/endpoint/actions/get-role-policy.ts';
import { getUserPolicy } from '../../../../src/endpoint/actions/get-user-policy.ts';
import { listAttachedGroupPolicies } from '../../../../src/endpoint/actions/list-attached-group-policies.ts';
import { listAttachedRolePolicies } from '../../../../src/endpoint/actions/list-attached-role-policies.ts';
import { listAttachedUserPolicies } from '../../../../src/endpoint/actions/list-attached-user-policies.ts';
import { listGroupPolicies } from '../../../../src/endpoint/actions/list-group-policies.ts';
import { listRolePolicies } from '../../../../src/endpoint/actions/list-role-policies.ts';
import { listUserPolicies } from '../../../../src/endpoint/actions/list-user-policies.ts';
import { putGroupPolicy } from '../../../../src/endpoint/actions/put-group-policy.ts';
import { putRolePolicy } from '../../../../src/endpoint/actions/put-role-policy.ts';
import { putUserPolicy } from '../../../../src/endpoint/actions/put-user-policy.ts';
import { openAccount } from './rehearsal.ts';

export const trust =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';

interface NamedPolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}
interface Paging {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number;
}

/** An account with a user, a group and a role of the name given, and what can be done with the policies of each. */
export function openHolders(name: string) {
  const account = openAccount();
  const { perform, attempt, resource, addUser } = account;
  addUser(name);
  perform(createGroup, { GroupName: name });
  perform(createRole, { RoleName: name, AssumeRolePolicyDocument: trust });
  const holders = {
    user: {
      put: (policy: NamedPolicy, UserName = name) => attempt(putUserPolicy, { ...policy, UserName }),
      get: (PolicyName: string, UserName = name) => perform(getUserPolicy, { UserName, PolicyName }),
      delete: (PolicyName: string) => {
        perform(deleteUserPolicy, { UserName: name, PolicyName });
      },
      list: (paging: Paging = {}) => perform(listUserPolicies, { UserName: name, ...paging }),
      attach: (PolicyArn: string, UserName = name) => attempt(attachUserPolicy, { UserName, PolicyArn }),
      detach: (PolicyArn: string) => {
        perform(detachUserPolicy, { UserName: name, PolicyArn });
      },
      listAttached: (filter: Paging & { PathPrefix?: string } = {}) =>
        perform(listAttachedUserPolicies, { UserName: name, ...filter }),
      resource: () => resource(listUserPolicies, { UserName: name }),
    },
    group: {
      put: (policy: NamedPolicy, GroupName = name) => attempt(putGroupPolicy, { ...policy, GroupName }),
      get: (PolicyName: string, GroupName = name) => perform(getGroupPolicy, { GroupName, PolicyName }),
      delete: (PolicyName: string) => {
        perform(deleteGroupPolicy, { GroupName: name, PolicyName });
      },
      list: (paging: Paging = {}) => perform(listGroupPolicies, { GroupName: name, ...paging }),
      attach: (PolicyArn: string, GroupName = name) => attempt(attachGroupPolicy, { GroupName, PolicyArn }),
      detach: (PolicyArn: string) => {
        perform(detachGroupPolicy, { GroupName: name, PolicyArn });
      },
      listAttached: (filter: Paging & { PathPrefix?: string } = {}) =>
        perform(listAttachedGroupPolicies, { GroupName: name, ...filter }),
      resource: () => resource(listGroupPolicies, { GroupName: name }),
    },
    role: {
      put: (policy: NamedPolicy, RoleName = name) => attempt(putRolePolicy, { ...policy, RoleName }),
      get: (PolicyName: string, RoleName = name) => perform(getRolePolicy, { RoleName, PolicyName }),
      delete: (PolicyName: string) => {
        perform(deleteRolePolicy, { RoleName: name, PolicyName });
      },
      list: (paging: Paging = {}) => perform(listRolePolicies, { RoleName: name, ...paging }),
      attach: (PolicyArn: string, RoleName = name) => attempt(attachRolePolicy, { RoleName, PolicyArn }),
      detach: (PolicyArn: string) => {
        perform(detachRolePolicy, { RoleName: name, PolicyArn });
      },
      listAttached: (filter: Paging & { PathPrefix?: string } = {}) =>
        perform(listAttachedRolePolicies, { RoleName: name, ...filter }),
      resource: () => resource(listRolePolicies, { RoleName: name }),
    },
  };
  return { ...account, holders };
}
