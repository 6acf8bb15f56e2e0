import { findNamedProfile, nameProfile } from './named-instance-profile.ts';
import { findNamedRole, nameRole } from './named-role.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html */
export const addRoleToInstanceProfile: IamAction<'AddRoleToInstanceProfile'> = {
  resource: nameProfile,

  passes(call) {
    const { arn, taggedId, boundaryArn } = nameRole(call);
    return { arn, taggedId, boundaryArn, passedTo: 'ec2.amazonaws.com' };
  },

  perform(call) {
    const { InstanceProfileId, roleId } = findNamedProfile(call);
    const { RoleId } = findNamedRole(call);
    // The same role again is one too many, too.
    if (roleId !== undefined) {
      throw refuse('LimitExceeded', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
    }
    call.directory.instanceProfiles.setRole(InstanceProfileId, RoleId);
  },
};
