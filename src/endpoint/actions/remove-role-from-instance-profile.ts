import { findNamedProfile, nameProfile } from './named-instance-profile.ts';
import { findNamedRole } from './named-role.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html */
export const removeRoleFromInstanceProfile: IamAction<'RemoveRoleFromInstanceProfile'> = {
  resource: nameProfile,

  perform(call) {
    const { InstanceProfileName, RoleName } = call.input;
    const { InstanceProfileId, roleId } = findNamedProfile(call);
    if (findNamedRole(call).RoleId !== roleId) {
      throw refuse('NoSuchEntity', `Role ${RoleName} in Instance Profile ${InstanceProfileName} cannot be found.`);
    }
    call.directory.instanceProfiles.setRole(InstanceProfileId, undefined);
  },
};
