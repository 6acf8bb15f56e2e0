import { requirePolicySize } from './create-policy.ts';
import { findOwnPolicy, namePolicy, requireOwnPolicy } from './named-policy.ts';
import { requirePolicy } from './policy-text.ts';
import { quotas } from './quotas.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
export const createPolicyVersion: IamAction<'CreatePolicyVersion'> = {
  resource: namePolicy,

  perform(call) {
    requireOwnPolicy(call, 'create versions for policies');
    const { PolicyDocument, SetAsDefault = false } = call.input;
    const { directory, now } = call;
    const policy = findOwnPolicy(call);
    requirePolicy(PolicyDocument, 'managed');
    requirePolicySize(PolicyDocument);
    const quota = quotas.VersionsPerPolicyQuota;
    if (directory.policies.listVersions(policy.PolicyId).length >= quota) {
      const advice = 'Before you create a new version, you must delete an existing version.';
      throw refuse('LimitExceeded', `A managed policy can have up to ${quota} versions. ${advice}`);
    }
    const { version, CreateDate } = directory.transact(() => {
      const added = directory.policies.addVersion(policy, PolicyDocument, now);
      if (SetAsDefault) directory.policies.setDefaultVersion(policy.PolicyId, added.version, now);
      return added;
    });
    return { PolicyVersion: { VersionId: `v${version}`, IsDefaultVersion: SetAsDefault, CreateDate } };
  },
};
