import { findNamedVersion, namePolicy, requireOwnPolicy } from './named-policy.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html */
export const setDefaultPolicyVersion: IamAction<'SetDefaultPolicyVersion'> = {
  resource: namePolicy,

  perform(call) {
    requireOwnPolicy(call, 'update policies');
    const { version, policy } = findNamedVersion(call);
    call.directory.policies.setDefaultVersion(policy.PolicyId, version, call.now);
  },
};
