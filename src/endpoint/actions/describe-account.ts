import { describeMember, findManagedOrganization, refuseOrganization } from './organization.ts';
import type { OrganizationsAction } from './service-action.ts';

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html */
export const describeAccount: OrganizationsAction<'DescribeAccount'> = {
  resource() {
    return '*';
  },

  perform(call) {
    const organization = findManagedOrganization(call);
    const account = call.directory.organizations.findAccount(call.input.AccountId);
    if (account?.organizationId !== organization.Id) {
      throw refuseOrganization('AccountNotFoundException', "You specified an account that doesn't exist.");
    }
    return { Account: describeMember(organization, account, call.directory) };
  },
};
