import { findNamedRole, nameRole } from './named-role.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export const deleteRole: IamAction<'DeleteRole'> = {
  resource: nameRole,

  perform(call) {
    const { roles, inlinePolicies, attachedPolicies, instanceProfiles } = call.directory;
    const { RoleId } = findNamedRole(call);
    if (instanceProfiles.listOfRole(RoleId).length > 0) {
      throw refuse('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.');
    }
    if (inlinePolicies.list(RoleId).length > 0) {
      throw refuse('DeleteConflict', 'Cannot delete entity, must delete policies first.');
    }
    if (attachedPolicies.list(RoleId).length > 0) {
      throw refuse('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
    }
    roles.delete(RoleId);
  },
};
