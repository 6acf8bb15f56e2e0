import { requireBoundary } from './boundary.ts';
import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
export const putRolePermissionsBoundary: IamAction<'PutRolePermissionsBoundary'> = {
  resource: nameRole,

  perform(call) {
    const { PermissionsBoundary } = call.input;
    requireBoundary(call, PermissionsBoundary, 'role');
    call.directory.roles.setBoundary(findNamedRole(call).RoleId, PermissionsBoundary);
  },
};
