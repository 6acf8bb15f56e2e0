import { refuseNoBoundary } from './boundary.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html */
export const deleteUserPermissionsBoundary: IamAction<'DeleteUserPermissionsBoundary'> = {
  resource: nameUser,

  perform(call) {
    const { UserId, UserName, boundaryArn } = findNamedUser(call);
    if (boundaryArn === undefined) throw refuseNoBoundary('user', UserName);
    call.directory.users.setBoundary(UserId, undefined);
  },
};
