import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
export const deleteRolePermissionsBoundary: IamAction<'DeleteRolePermissionsBoundary'> = {
  resource: nameRole,

  perform(call) {
    call.directory.roles.setBoundary(findNamedRole(call).RoleId, undefined);
  },
};
