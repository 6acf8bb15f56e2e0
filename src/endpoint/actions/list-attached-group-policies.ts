import { listAttachedPolicies } from './attached-policy.ts';
import { findNamedGroup, nameGroup } from './named-group.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html */
export const listAttachedGroupPolicies: IamAction<'ListAttachedGroupPolicies'> = {
  resource: nameGroup,

  perform(call) {
    const { GroupId, GroupName } = findNamedGroup(call);
    return listAttachedPolicies(call, { kind: 'group', id: GroupId, name: GroupName });
  },
};
