import { countUses, findOwnPolicy, namePolicy, requireOwnPolicy } from './named-policy.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export const deletePolicy: IamAction<'DeletePolicy'> = {
  resource: namePolicy,

  perform(call) {
    requireOwnPolicy(call, 'delete policies');
    const { caller, directory } = call;
    const { PolicyId, Arn } = findOwnPolicy(call);
    const { AttachmentCount, PermissionsBoundaryUsageCount } = countUses(directory, caller.accountId, Arn);
    if (AttachmentCount + PermissionsBoundaryUsageCount > 0) {
      throw refuse('DeleteConflict', 'Cannot delete a policy attached to entities.');
    }
    if (directory.policies.listVersions(PolicyId).length > 1) {
      const advice = "Before you delete a policy, you must delete the policy's versions.";
      const rest = 'The default version is deleted with the policy.';
      throw refuse('DeleteConflict', `This policy has more than one version. ${advice} ${rest}`);
    }
    directory.policies.delete(PolicyId);
  },
};
