import { describeMember, findManagedOrganization, readPage } from './organization.ts';
import type { OrganizationsAction } from './service-action.ts';

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html */
export const listAccounts: OrganizationsAction<'ListAccounts'> = {
  resource() {
    return '*';
  },

  perform(call) {
    const { directory, input } = call;
    const organization = findManagedOrganization(call);
    const { items, NextToken } = readPage(['ListAccounts', organization.Id], input, (slice) =>
      directory.organizations.listAccounts(organization.Id, slice),
    );
    return { Accounts: items.map((account) => describeMember(organization, account, directory)), NextToken };
  },
};
