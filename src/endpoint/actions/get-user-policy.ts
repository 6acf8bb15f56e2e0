import { getInlinePolicy } from './inline-policy.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html */
export const getUserPolicy: IamAction<'GetUserPolicy'> = {
  resource: nameUser,

  perform(call) {
    const { UserId, UserName } = findNamedUser(call);
    return { UserName, ...getInlinePolicy(call, { kind: 'user', id: UserId, name: UserName }) };
  },
};
