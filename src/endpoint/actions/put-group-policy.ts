import { putInlinePolicy } from './inline-policy.ts';
import { findNamedGroup, nameGroup } from './named-group.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html */
export const putGroupPolicy: IamAction<'PutGroupPolicy'> = {
  resource: nameGroup,

  perform(call) {
    const { GroupId, GroupName } = findNamedGroup(call);
    putInlinePolicy(call, { kind: 'group', id: GroupId, name: GroupName });
  },
};
