import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html */
export const deleteAccountAlias: IamAction<'DeleteAccountAlias'> = {
  resource() {
    return '*';
  },

  perform({ input: { AccountAlias }, caller, directory }) {
    if (directory.accountSettings.findAlias(caller.accountId) !== AccountAlias) {
      throw refuse('NoSuchEntity', `The account alias ${AccountAlias} cannot be found.`);
    }
    directory.accountSettings.deleteAlias(caller.accountId);
  },
};
