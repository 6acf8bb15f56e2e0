import { describeProfile } from './named-instance-profile.ts';
import { findNamedRole, nameRole } from './named-role.ts';
import { takePage } from './page.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html */
export const listInstanceProfilesForRole: IamAction<'ListInstanceProfilesForRole'> = {
  resource: nameRole,

  perform(call) {
    const { input, directory } = call;
    const { RoleId } = findNamedRole(call);
    const all = directory.instanceProfiles.listOfRole(RoleId);
    const selection = ['ListInstanceProfilesForRole', RoleId];
    const { items, ...more } = takePage(all, ({ InstanceProfileName }) => InstanceProfileName, selection, input);
    return { InstanceProfiles: items.map((profile) => describeProfile(directory, profile)), ...more };
  },
};
