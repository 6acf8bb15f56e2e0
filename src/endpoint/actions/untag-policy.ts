import { findOwnPolicy, namePolicy, requireTaggable } from './named-policy.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html */
export const untagPolicy: IamAction<'UntagPolicy'> = {
  resource: namePolicy,

  perform(call) {
    requireTaggable(call);
    call.directory.tags.remove(findOwnPolicy(call).PolicyId, call.input.TagKeys);
  },
};
