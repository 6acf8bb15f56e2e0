import { describePolicy, findNamedPolicy, namePolicy } from './named-policy.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export const getPolicy: IamAction<'GetPolicy'> = {
  resource: namePolicy,

  perform(call) {
    const policy = findNamedPolicy(call);
    const { PolicyId, Description } = policy;
    return { Policy: { ...describePolicy(call, policy), Description, Tags: call.directory.tags.list(PolicyId) } };
  },
};
