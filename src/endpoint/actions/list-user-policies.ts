import { listInlinePolicies } from './inline-policy.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html */
export const listUserPolicies: IamAction<'ListUserPolicies'> = {
  resource: nameUser,

  perform(call) {
    const { UserId, UserName } = findNamedUser(call);
    return listInlinePolicies(call, { kind: 'user', id: UserId, name: UserName });
  },
};
