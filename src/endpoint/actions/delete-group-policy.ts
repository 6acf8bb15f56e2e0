import { deleteInlinePolicy } from './inline-policy.ts';
import { findNamedGroup, nameGroup } from './named-group.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html */
export const deleteGroupPolicy: IamAction<'DeleteGroupPolicy'> = {
  resource: nameGroup,

  perform(call) {
    const { GroupId, GroupName } = findNamedGroup(call);
    deleteInlinePolicy(call, { kind: 'group', id: GroupId, name: GroupName });
  },
};
