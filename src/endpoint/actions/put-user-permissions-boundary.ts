import { requireBoundary } from './boundary.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html */
export const putUserPermissionsBoundary: IamAction<'PutUserPermissionsBoundary'> = {
  resource: nameUser,

  perform(call) {
    const { PermissionsBoundary } = call.input;
    requireBoundary(call, PermissionsBoundary, 'user');
    call.directory.users.setBoundary(findNamedUser(call).UserId, PermissionsBoundary);
  },
};
