import { meansRoot, nameKeyOwner } from './key-owner.ts';
import { findLoginProfile } from './login-profile.ts';
import { findMeantUser } from './meant-user.ts';
import { findRootProfile } from './root-password.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html */
export const getLoginProfile: IamAction<'GetLoginProfile'> = {
  resource: nameKeyOwner,

  perform(call) {
    if (meansRoot(call)) return { LoginProfile: findRootProfile(call) };
    const user = findMeantUser(call);
    const { CreateDate, PasswordResetRequired } = findLoginProfile(call.directory, user);
    return { LoginProfile: { UserName: user.UserName, CreateDate, PasswordResetRequired } };
  },
};
