import type { IamAction } from './service-action.ts';

const shortestPassword = 6;

/**
 * The whole policy: what is left out goes back to its default.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
 */
export const updateAccountPasswordPolicy: IamAction<'UpdateAccountPasswordPolicy'> = {
  resource() {
    return '*';
  },

  perform({ input, caller, directory }) {
    directory.accountSettings.setPasswordPolicy(caller.accountId, {
      MinimumPasswordLength: input.MinimumPasswordLength ?? shortestPassword,
      RequireSymbols: input.RequireSymbols ?? false,
      RequireNumbers: input.RequireNumbers ?? false,
      RequireUppercaseCharacters: input.RequireUppercaseCharacters ?? false,
      RequireLowercaseCharacters: input.RequireLowercaseCharacters ?? false,
      AllowUsersToChangePassword: input.AllowUsersToChangePassword ?? false,
      MaxPasswordAge: input.MaxPasswordAge,
      PasswordReusePrevention: input.PasswordReusePrevention,
      HardExpiry: input.HardExpiry,
    });
  },
};
