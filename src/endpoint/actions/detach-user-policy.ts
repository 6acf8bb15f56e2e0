import { detachPolicy } from './attached-policy.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html */
export const detachUserPolicy: IamAction<'DetachUserPolicy'> = {
  resource: nameUser,

  perform(call) {
    const { UserId, UserName } = findNamedUser(call);
    detachPolicy(call, { kind: 'user', id: UserId, name: UserName });
  },
};
