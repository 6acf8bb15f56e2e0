import { listAttachedPolicies } from './attached-policy.ts';
import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export const listAttachedRolePolicies: IamAction<'ListAttachedRolePolicies'> = {
  resource: nameRole,

  perform(call) {
    const { RoleId, RoleName } = findNamedRole(call);
    return listAttachedPolicies(call, { kind: 'role', id: RoleId, name: RoleName });
  },
};
