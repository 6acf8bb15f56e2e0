import { findNamedProfile, nameProfile } from './named-instance-profile.ts';
import type { IamAction } from './service-action.ts';
import { listTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html */
export const listInstanceProfileTags: IamAction<'ListInstanceProfileTags'> = {
  resource: nameProfile,

  perform(call) {
    return listTags(call, findNamedProfile(call).InstanceProfileId);
  },
};
