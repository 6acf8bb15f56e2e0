import { deleteInlinePolicy } from './inline-policy.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html */
export const deleteUserPolicy: IamAction<'DeleteUserPolicy'> = {
  resource: nameUser,

  perform(call) {
    const { UserId, UserName } = findNamedUser(call);
    deleteInlinePolicy(call, { kind: 'user', id: UserId, name: UserName });
  },
};
