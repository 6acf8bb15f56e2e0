import { composeOrganizationArn, enabledPolicyTypes, findManagedOrganization } from './organization.ts';
import type { OrganizationsAction } from './service-action.ts';

/**
 * The one root that an organization has.
 *
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html
 */
export const listRoots: OrganizationsAction<'ListRoots'> = {
  resource() {
    return '*';
  },

  perform(call) {
    const organization = findManagedOrganization(call);
    const { rootId: Id } = organization;
    const Arn = composeOrganizationArn(organization, 'root', Id);
    return { Roots: [{ Id, Arn, Name: 'Root', PolicyTypes: enabledPolicyTypes }] };
  },
};
