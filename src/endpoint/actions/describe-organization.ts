import { composeOrganizationArn, enabledPolicyTypes, findOrganization } from './organization.ts';
import type { OrganizationsAction } from './service-action.ts';

/**
 * The one action of Organizations that every account of the organization may call.
 *
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html
 */
export const describeOrganization: OrganizationsAction<'DescribeOrganization'> = {
  resource() {
    return '*';
  },

  perform(call) {
    const organization = findOrganization(call);
    const { Id, managementAccountId } = organization;
    return {
      Organization: {
        Id,
        Arn: composeOrganizationArn(organization, 'organization'),
        FeatureSet: 'ALL',
        MasterAccountArn: composeOrganizationArn(organization, 'account', managementAccountId),
        MasterAccountId: managementAccountId,
        MasterAccountEmail: call.directory.organizations.findAccount(managementAccountId)?.Email,
        AvailablePolicyTypes: enabledPolicyTypes,
      },
    };
  },
};
