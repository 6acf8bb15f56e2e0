import { meansRoot, nameKeyOwner } from './key-owner.ts';
import { findLoginProfile } from './login-profile.ts';
import { findMeantUser } from './meant-user.ts';
import { deleteRootProfile } from './root-password.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html */
export const deleteLoginProfile: IamAction<'DeleteLoginProfile'> = {
  resource: nameKeyOwner,

  perform(call) {
    if (meansRoot(call)) {
      deleteRootProfile(call);
      return;
    }
    const { UserId } = findLoginProfile(call.directory, findMeantUser(call));
    call.directory.loginProfiles.delete(UserId);
  },
};
