import { findNamedVersion, nameOwnPolicy } from './named-policy.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html */
export const setDefaultPolicyVersion: IamAction<'SetDefaultPolicyVersion'> = {
  resource: nameOwnPolicy('SetDefaultPolicyVersion'),

  perform(call) {
    const { version, policy } = findNamedVersion(call);
    call.directory.policies.setDefaultVersion(policy.PolicyId, version, call.now);
  },
};
