import { describeMember, findManagedOrganization, readPage, requireParent } from './organization.ts';
import type { OrganizationsAction } from './service-action.ts';

/**
 * The accounts right under the root or a unit, not those further down.
 *
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html
 */
export const listAccountsForParent: OrganizationsAction<'ListAccountsForParent'> = {
  resource() {
    return '*';
  },

  perform(call) {
    const { directory, input } = call;
    const organization = findManagedOrganization(call);
    requireParent(organization, input.ParentId, directory);
    const { items, NextToken } = readPage(['ListAccountsForParent', input.ParentId], input, (slice) =>
      directory.organizations.listAccountsUnder(input.ParentId, slice),
    );
    return { Accounts: items.map((account) => describeMember(organization, account, directory)), NextToken };
  },
};
