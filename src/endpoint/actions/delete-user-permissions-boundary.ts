import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html */
export const deleteUserPermissionsBoundary: IamAction<'DeleteUserPermissionsBoundary'> = {
  resource: nameUser,

  perform(call) {
    call.directory.users.setBoundary(findNamedUser(call).UserId, undefined);
  },
};
