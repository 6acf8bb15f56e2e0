import { findOwnPolicy, namePolicy, requireTaggable } from './named-policy.ts';
import type { IamAction } from './service-action.ts';
import { putTags, requireCasedTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html */
export const tagPolicy: IamAction<'TagPolicy'> = {
  resource: namePolicy,

  perform(call) {
    requireTaggable(call);
    requireCasedTags(call.input.Tags);
    putTags(call, findOwnPolicy(call).PolicyId);
  },
};
