import { deleteInlinePolicy } from './inline-policy.ts';
import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
export const deleteRolePolicy: IamAction<'DeleteRolePolicy'> = {
  resource: nameRole,

  perform(call) {
    const { RoleId, RoleName } = findNamedRole(call);
    deleteInlinePolicy(call, { kind: 'role', id: RoleId, name: RoleName });
  },
};
