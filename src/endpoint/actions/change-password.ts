import { AwsFault } from '../../protocol/fault.ts';
import { findLoginProfile } from './login-profile.ts';
import { nameUser } from './named-user.ts';
import { requireFresh, requireStrength } from './password-rules.ts';
import { refuse, refuseUnknownUser } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/**
 * A user's own password, for those who know the old one. AWS denies access to those who do not, and to those who would
 * keep it; its words for that are not known.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html
 */
export const changePassword: IamAction<'ChangePassword'> = {
  resource(call) {
    const { caller } = call;
    return caller.kind === 'user' ? nameUser({ ...call, input: { UserName: caller.userName } }) : caller.arn;
  },

  perform({ input, caller, directory, now }) {
    const { OldPassword, NewPassword } = input;
    const { loginProfiles, accountSettings } = directory;
    if (caller.kind !== 'user') throw refuse('InvalidUserType', 'Only IAM Users can change their own password');
    const user = directory.users.findById(caller.userId);
    if (user === undefined) throw refuseUnknownUser(caller.userName);
    const { UserId } = findLoginProfile(directory, user);
    if (!loginProfiles.isAmongLatest(UserId, OldPassword, 1)) {
      throw new AwsFault('AccessDenied', 'The old password was incorrect.', 403);
    }
    if (loginProfiles.isAmongLatest(UserId, NewPassword, 1)) {
      throw new AwsFault('AccessDenied', 'The new password must be different from the old password.', 403);
    }
    const policy = accountSettings.findPasswordPolicy(caller.accountId);
    requireStrength(NewPassword, policy);
    requireFresh(NewPassword, UserId, { loginProfiles, policy });
    loginProfiles.setPassword(UserId, NewPassword, now);
    loginProfiles.setResetRequired(UserId, false);
  },
};
