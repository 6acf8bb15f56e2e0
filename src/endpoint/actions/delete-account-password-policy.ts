import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html */
export const deleteAccountPasswordPolicy: IamAction<'DeleteAccountPasswordPolicy'> = {
  resource() {
    return '*';
  },

  perform({ caller, directory }) {
    if (!directory.accountSettings.deletePasswordPolicy(caller.accountId)) {
      throw refuse('NoSuchEntity', 'The account policy with name PasswordPolicy cannot be found.');
    }
  },
};
