import { findNamedGroup, nameGroup } from './named-group.ts';
import { findNamedUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/**
 * Removing who is no member changes nothing. The user is looked for before the group.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html
 */
export const removeUserFromGroup: IamAction<'RemoveUserFromGroup'> = {
  resource: nameGroup,

  perform(call) {
    const { UserId } = findNamedUser(call);
    call.directory.groups.removeMember(findNamedGroup(call), UserId);
  },
};
