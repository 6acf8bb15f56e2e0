import { findNamedUser, nameUser } from './named-user.ts';
import { refuseTakenName } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/**
 * A new name, path or both. The UserId stays, and with it keys and tags.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
 */
export const updateUser: IamAction<'UpdateUser'> = {
  resource: nameUser,

  perform(call) {
    const { input, caller, directory } = call;
    const { NewUserName, NewPath } = input;
    const { UserId } = findNamedUser(call);
    if (NewUserName !== undefined) {
      const holder = directory.users.find(caller.accountId, NewUserName);
      if (holder !== undefined && holder.UserId !== UserId) throw refuseTakenName(NewUserName);
    }
    directory.users.update(UserId, { UserName: NewUserName, Path: NewPath });
  },
};
