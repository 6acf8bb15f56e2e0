import { describeProfile, findNamedProfile, nameProfile } from './named-instance-profile.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html */
export const getInstanceProfile: IamAction<'GetInstanceProfile'> = {
  resource: nameProfile,

  perform(call) {
    const { directory } = call;
    const profile = findNamedProfile(call);
    // Said even where there are none, unlike those of users and roles.
    const Tags = directory.tags.list(profile.InstanceProfileId);
    return { InstanceProfile: { ...describeProfile(directory, profile), Tags } };
  },
};
