import { refuseNoBoundary } from './boundary.ts';
import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
export const deleteRolePermissionsBoundary: IamAction<'DeleteRolePermissionsBoundary'> = {
  resource: nameRole,

  perform(call) {
    const { RoleId, RoleName, boundaryArn } = findNamedRole(call);
    if (boundaryArn === undefined) throw refuseNoBoundary('role', RoleName);
    call.directory.roles.setBoundary(RoleId, undefined);
  },
};
