import { findNamedVersion, nameOwnPolicy } from './named-policy.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html */
export const deletePolicyVersion: IamAction<'DeletePolicyVersion'> = {
  resource: nameOwnPolicy('DeletePolicyVersion'),

  perform(call) {
    const { version, policy } = findNamedVersion(call);
    if (version === policy.defaultVersion) {
      throw refuse('DeleteConflict', 'Cannot delete the default version of a policy.');
    }
    call.directory.policies.deleteVersion(policy.PolicyId, version);
  },
};
