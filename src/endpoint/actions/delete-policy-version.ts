import { findNamedVersion, namePolicy, requireOwnPolicy } from './named-policy.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html */
export const deletePolicyVersion: IamAction<'DeletePolicyVersion'> = {
  resource: namePolicy,

  perform(call) {
    requireOwnPolicy(call, 'delete policy versions for policies');
    const { version, policy } = findNamedVersion(call);
    if (version === policy.defaultVersion) {
      throw refuse('DeleteConflict', 'Cannot delete the default version of a policy.');
    }
    call.directory.policies.deleteVersion(policy.PolicyId, version);
  },
};
