import { findNamedProfile, nameProfile } from './named-instance-profile.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html */
export const deleteInstanceProfile: IamAction<'DeleteInstanceProfile'> = {
  resource: nameProfile,

  perform(call) {
    const { InstanceProfileId, roleId } = findNamedProfile(call);
    if (roleId !== undefined) {
      throw refuse('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.');
    }
    call.directory.instanceProfiles.delete(InstanceProfileId);
  },
};
