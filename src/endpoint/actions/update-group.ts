import { findNamedGroup, nameGroup, refuseTakenGroupName } from './named-group.ts';
import type { IamAction } from './service-action.ts';

/**
 * A new name, path or both. The GroupId stays, and with it members and policies.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html
 */
export const updateGroup: IamAction<'UpdateGroup'> = {
  resource: nameGroup,

  perform(call) {
    const { input, caller, directory } = call;
    const { GroupId, GroupName, Path } = findNamedGroup(call);
    const { NewGroupName = GroupName, NewPath = Path } = input;
    const holder = directory.groups.find(caller.accountId, NewGroupName);
    if (holder !== undefined && holder.GroupId !== GroupId) throw refuseTakenGroupName(NewGroupName);
    directory.groups.update({ GroupId, GroupName: NewGroupName, Path: NewPath });
  },
};
