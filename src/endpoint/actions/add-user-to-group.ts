import { findNamedGroup, nameGroup } from './named-group.ts';
import { findNamedUser } from './named-user.ts';
import { quotas } from './quotas.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/**
 * Adding a member changes nothing. The user is looked for before the group.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html
 */
export const addUserToGroup: IamAction<'AddUserToGroup'> = {
  resource: nameGroup,

  perform(call) {
    const { groups } = call.directory;
    const { UserId } = findNamedUser(call);
    const group = findNamedGroup(call);
    const joined = groups.listOf(UserId);
    if (joined.some(({ GroupId }) => GroupId === group.GroupId)) return;
    if (joined.length >= quotas.GroupsPerUserQuota) {
      throw refuse('LimitExceeded', `Cannot exceed quota for GroupsPerUser: ${quotas.GroupsPerUserQuota}`);
    }
    groups.addMember(group, UserId);
  },
};
