import { findLoginProfile } from './login-profile.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import { requireFresh, requireStrength } from './password-rules.ts';
import type { IamAction } from './service-action.ts';

/**
 * A new password, a new demand to change it, or both. What is left out stays.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html
 */
export const updateLoginProfile: IamAction<'UpdateLoginProfile'> = {
  resource: nameUser,

  perform(call) {
    const { input, caller, directory, now } = call;
    const { loginProfiles, accountSettings } = directory;
    const { Password, PasswordResetRequired } = input;
    const user = findNamedUser(call);
    findLoginProfile(directory, user);
    if (Password !== undefined) {
      const policy = accountSettings.findPasswordPolicy(caller.accountId);
      requireStrength(Password, policy);
      requireFresh(Password, user.UserId, { loginProfiles, policy });
      loginProfiles.setPassword(user.UserId, Password, now);
    }
    if (PasswordResetRequired !== undefined) loginProfiles.setResetRequired(user.UserId, PasswordResetRequired);
  },
};
