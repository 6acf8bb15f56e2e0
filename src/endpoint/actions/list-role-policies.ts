import { listInlinePolicies } from './inline-policy.ts';
import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
export const listRolePolicies: IamAction<'ListRolePolicies'> = {
  resource: nameRole,

  perform(call) {
    const { RoleId, RoleName } = findNamedRole(call);
    return listInlinePolicies(call, { kind: 'role', id: RoleId, name: RoleName });
  },
};
