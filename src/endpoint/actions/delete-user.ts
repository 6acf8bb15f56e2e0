import { findNamedUser, nameUser } from './named-user.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const deleteUser: IamAction<'DeleteUser'> = {
  resource: nameUser,

  perform(call) {
    const { users, accessKeys } = call.directory;
    const { UserId } = findNamedUser(call);
    if (accessKeys.list(UserId).length > 0) {
      throw refuse('DeleteConflict', 'Cannot delete entity, must delete access keys first.');
    }
    users.delete(UserId);
  },
};
