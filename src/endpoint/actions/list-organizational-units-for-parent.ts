import { describeUnit, findManagedOrganization, readPage, requireParent } from './organization.ts';
import type { OrganizationsAction } from './service-action.ts';

/**
 * The units right under the root or a unit, not those further down.
 *
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html
 */
export const listOrganizationalUnitsForParent: OrganizationsAction<'ListOrganizationalUnitsForParent'> = {
  resource() {
    return '*';
  },

  perform(call) {
    const { directory, input } = call;
    const organization = findManagedOrganization(call);
    requireParent(organization, input.ParentId, directory);
    const { items, NextToken } = readPage(['ListOrganizationalUnitsForParent', input.ParentId], input, (slice) =>
      directory.organizations.listUnits(input.ParentId, slice),
    );
    return { OrganizationalUnits: items.map((unit) => describeUnit(organization, unit, directory)), NextToken };
  },
};
