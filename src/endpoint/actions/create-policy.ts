import { describePolicy } from './named-policy.ts';
import { countCharacters, requirePolicy } from './policy-text.ts';
import { quotas } from './quotas.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { requireCasedTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const createPolicy: IamAction<'CreatePolicy'> = {
  resource({ input, caller }) {
    const { PolicyName, Path = '/' } = input;
    return { arn: `arn:aws:iam::${caller.accountId}:policy${Path}${PolicyName}`, words: `policy ${PolicyName}` };
  },

  perform(call) {
    const { input, caller, directory, now } = call;
    const { PolicyName, Path = '/', PolicyDocument: document, Description, Tags = [] } = input;
    const { accountId } = caller;
    requireCasedTags(Tags);
    requirePolicy(document, 'managed');
    requirePolicySize(document);
    if (directory.policies.find(accountId, PolicyName) !== undefined) {
      const problem = `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`;
      throw refuse('EntityAlreadyExists', problem);
    }
    if (directory.policies.count(accountId) >= quotas.PoliciesQuota) {
      throw refuse('LimitExceeded', `Cannot exceed quota for PoliciesPerAccount: ${quotas.PoliciesQuota}`);
    }
    const policy = directory.transact(() => {
      const created = directory.policies.create({
        accountId,
        PolicyName,
        Path,
        Description,
        CreateDate: now,
        document,
      });
      directory.tags.put(accountId, created.PolicyId, Tags);
      return created;
    });
    return { Policy: { ...describePolicy(call, policy), Tags: Tags.length > 0 ? Tags : undefined } };
  },
};

/** @throws AwsFault LimitExceeded */
export function requirePolicySize(document: string): void {
  const quota = quotas.PolicySizeQuota;
  if (countCharacters(document) > quota) throw refuse('LimitExceeded', `Cannot exceed quota for PolicySize: ${quota}`);
}
