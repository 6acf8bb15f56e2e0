import { describeUnit, findManagedOrganization, refuseOrganization } from './organization.ts';
import type { OrganizationsAction } from './service-action.ts';

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganizationalUnit.html */
export const describeOrganizationalUnit: OrganizationsAction<'DescribeOrganizationalUnit'> = {
  resource() {
    return '*';
  },

  perform(call) {
    const organization = findManagedOrganization(call);
    const unit = call.directory.organizations.findUnit(call.input.OrganizationalUnitId);
    if (unit?.organizationId !== organization.Id) {
      throw refuseOrganization(
        'OrganizationalUnitNotFoundException',
        "You specified an organizational unit that doesn't exist.",
      );
    }
    return { OrganizationalUnit: describeUnit(organization, unit, call.directory) };
  },
};
