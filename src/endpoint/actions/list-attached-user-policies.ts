import { listAttachedPolicies } from './attached-policy.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html */
export const listAttachedUserPolicies: IamAction<'ListAttachedUserPolicies'> = {
  resource: nameUser,

  perform(call) {
    const { UserId, UserName } = findNamedUser(call);
    return listAttachedPolicies(call, { kind: 'user', id: UserId, name: UserName });
  },
};
