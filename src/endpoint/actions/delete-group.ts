import { findNamedGroup, nameGroup } from './named-group.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html */
export const deleteGroup: IamAction<'DeleteGroup'> = {
  resource: nameGroup,

  perform(call) {
    const { groups, inlinePolicies, attachedPolicies } = call.directory;
    const { GroupId } = findNamedGroup(call);
    if (groups.members(GroupId, { limit: 1 }).length > 0) {
      throw refuse('DeleteConflict', 'Cannot delete entity, must remove users from group first.');
    }
    if (inlinePolicies.list(GroupId).length > 0) {
      throw refuse('DeleteConflict', 'Cannot delete entity, must delete policies first.');
    }
    if (attachedPolicies.list(GroupId).length > 0) {
      throw refuse('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
    }
    groups.delete(GroupId);
  },
};
