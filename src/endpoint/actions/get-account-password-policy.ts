import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html */
export const getAccountPasswordPolicy: IamAction<'GetAccountPasswordPolicy'> = {
  resource() {
    return '*';
  },

  perform({ caller: { accountId }, directory }) {
    const policy = directory.accountSettings.findPasswordPolicy(accountId);
    if (policy === undefined) {
      throw refuse('NoSuchEntity', `The Password Policy with domain name ${accountId} cannot be found.`);
    }
    return { PasswordPolicy: { ...policy, ExpirePasswords: policy.MaxPasswordAge !== undefined } };
  },
};
