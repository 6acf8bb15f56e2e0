import { listInlinePolicies } from './inline-policy.ts';
import { findNamedGroup, nameGroup } from './named-group.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html */
export const listGroupPolicies: IamAction<'ListGroupPolicies'> = {
  resource: nameGroup,

  perform(call) {
    const { GroupId, GroupName } = findNamedGroup(call);
    return listInlinePolicies(call, { kind: 'group', id: GroupId, name: GroupName });
  },
};
