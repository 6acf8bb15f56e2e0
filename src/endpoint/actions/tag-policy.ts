import { findOwnPolicy, nameOwnPolicy } from './named-policy.ts';
import type { IamAction } from './service-action.ts';
import { putTags, requirePolicyTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html */
export const tagPolicy: IamAction<'TagPolicy'> = {
  resource: nameOwnPolicy('TagPolicy'),

  perform(call) {
    requirePolicyTags(call.input.Tags);
    putTags(call, findOwnPolicy(call).PolicyId);
  },
};
