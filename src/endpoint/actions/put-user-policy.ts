import { putInlinePolicy } from './inline-policy.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html */
export const putUserPolicy: IamAction<'PutUserPolicy'> = {
  resource: nameUser,

  perform(call) {
    const { UserId, UserName } = findNamedUser(call);
    putInlinePolicy(call, { kind: 'user', id: UserId, name: UserName });
  },
};
