import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/**
 * An account has one alias: a new one takes the place of the old.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html
 */
export const createAccountAlias: IamAction<'CreateAccountAlias'> = {
  resource() {
    return '*';
  },

  perform({ input: { AccountAlias }, caller, directory }) {
    if (directory.accountSettings.isAliasTaken(AccountAlias)) {
      throw refuse('EntityAlreadyExists', `The account alias ${AccountAlias} already exists.`);
    }
    directory.accountSettings.setAlias(caller.accountId, AccountAlias);
  },
};
