import { getInlinePolicy } from './inline-policy.ts';
import { findNamedGroup, nameGroup } from './named-group.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html */
export const getGroupPolicy: IamAction<'GetGroupPolicy'> = {
  resource: nameGroup,

  perform(call) {
    const { GroupId, GroupName } = findNamedGroup(call);
    return { GroupName, ...getInlinePolicy(call, { kind: 'group', id: GroupId, name: GroupName }) };
  },
};
