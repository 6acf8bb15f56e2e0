import { findManagedOrganization, refuseOrganization } from './organization.ts';
import type { OrganizationsAction } from './service-action.ts';

/**
 * The one parent that an account or a unit has.
 *
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html
 */
export const listParents: OrganizationsAction<'ListParents'> = {
  resource() {
    return '*';
  },

  perform(call) {
    const { organizations } = call.directory;
    const { Id, rootId } = findManagedOrganization(call);
    const { ChildId } = call.input;
    const child = organizations.findAccount(ChildId) ?? organizations.findUnit(ChildId);
    if (child?.organizationId !== Id) {
      throw refuseOrganization('ChildNotFoundException', "You specified a child that doesn't exist.");
    }
    const Type = child.parentId === rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
    return { Parents: [{ Id: child.parentId, Type }] };
  },
};
