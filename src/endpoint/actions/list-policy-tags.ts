import { findNamedPolicy, namePolicy } from './named-policy.ts';
import type { IamAction } from './service-action.ts';
import { listTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html */
export const listPolicyTags: IamAction<'ListPolicyTags'> = {
  resource: namePolicy,

  perform(call) {
    return listTags(call, findNamedPolicy(call).PolicyId);
  },
};
