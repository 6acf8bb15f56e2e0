import { meansRoot, nameKeyOwner } from './key-owner.ts';
import { findMeantUser } from './meant-user.ts';
import { requireStrength } from './password-rules.ts';
import { refuse, refuseAbsent } from './refusals.ts';
import { createRootProfile } from './root-password.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html */
export const createLoginProfile: IamAction<'CreateLoginProfile'> = {
  resource: nameKeyOwner,

  perform(call) {
    if (meansRoot(call) && call.input.Password === undefined) return { LoginProfile: createRootProfile(call) };
    const { input, caller, directory, now } = call;
    const { accountId } = caller;
    const { Password, PasswordResetRequired = false } = input;
    const { UserId, UserName } = findMeantUser(call);
    if (directory.loginProfiles.find(UserId) !== undefined) {
      throw refuse('EntityAlreadyExists', `Login Profile for user ${UserName} already exists.`);
    }
    if (Password === undefined) throw refuseAbsent('password');
    requireStrength(Password, directory.accountSettings.findPasswordPolicy(accountId));
    directory.loginProfiles.create({ accountId, UserId, Password, PasswordResetRequired, CreateDate: now });
    return { LoginProfile: { UserName, CreateDate: now, PasswordResetRequired } };
  },
};
