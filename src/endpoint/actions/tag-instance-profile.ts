import { findNamedProfile, nameProfile } from './named-instance-profile.ts';
import type { IamAction } from './service-action.ts';
import { putTags, requireCasedTags, requireSome } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html */
export const tagInstanceProfile: IamAction<'TagInstanceProfile'> = {
  resource: nameProfile,

  perform(call) {
    requireSome(call.input.Tags);
    requireCasedTags(call.input.Tags);
    putTags(call, findNamedProfile(call).InstanceProfileId);
  },
};
