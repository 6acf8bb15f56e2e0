import { getInlinePolicy } from './inline-policy.ts';
import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export const getRolePolicy: IamAction<'GetRolePolicy'> = {
  resource: nameRole,

  perform(call) {
    const { RoleId, RoleName } = findNamedRole(call);
    return { RoleName, ...getInlinePolicy(call, { kind: 'role', id: RoleId, name: RoleName }) };
  },
};
