import { findNamedProfile, nameProfile } from './named-instance-profile.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html */
export const untagInstanceProfile: IamAction<'UntagInstanceProfile'> = {
  resource: nameProfile,

  perform(call) {
    call.directory.tags.remove(findNamedProfile(call).InstanceProfileId, call.input.TagKeys);
  },
};
