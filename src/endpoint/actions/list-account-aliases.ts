import { takePage } from './page.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html */
export const listAccountAliases: IamAction<'ListAccountAliases'> = {
  resource() {
    return '*';
  },

  perform({ input, caller, directory }) {
    const alias = directory.accountSettings.findAlias(caller.accountId);
    const all = alias === undefined ? [] : [alias];
    const { items, ...more } = takePage(all, (item) => item, ['ListAccountAliases', caller.accountId], input);
    return { AccountAliases: items, ...more };
  },
};
