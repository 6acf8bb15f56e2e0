import { describeBoundary, requireBoundary } from './boundary.ts';
import { describeRole } from './named-role.ts';
import { quotas } from './quotas.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { requireTags } from './tags.ts';
import { requireTrustPolicy } from './trust-policy.ts';

/** Seconds. */
const defaultSessionDuration = 3_600;

/**
 * The answer has neither description nor session duration; GetRole says them.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export const createRole: IamAction<'CreateRole'> = {
  resource({ input, caller }) {
    return `arn:aws:iam::${caller.accountId}:role${input.Path ?? '/'}${input.RoleName}`;
  },

  perform(call) {
    const { input, caller, directory, now } = call;
    const { RoleName, Path = '/', AssumeRolePolicyDocument: trustPolicy, Description, Tags = [] } = input;
    const { PermissionsBoundary: boundaryArn, MaxSessionDuration = defaultSessionDuration } = input;
    const { accountId } = caller;
    requireTags(Tags);
    if (boundaryArn !== undefined) requireBoundary(call, boundaryArn, 'role');
    requireTrustPolicy(call, trustPolicy);
    if (directory.roles.find(accountId, RoleName) !== undefined) {
      throw refuse('EntityAlreadyExists', `Role with name ${RoleName} already exists.`);
    }
    if (directory.roles.count(accountId) >= quotas.RolesQuota) {
      throw refuse('LimitExceeded', `Cannot exceed quota for RolesPerAccount: ${quotas.RolesQuota}`);
    }
    const role = directory.transact(() => {
      const described = { accountId, RoleName, Path, CreateDate: now, trustPolicy, Description };
      const created = directory.roles.create({ ...described, MaxSessionDuration, boundaryArn });
      directory.tags.put(accountId, created.RoleId, Tags);
      return created;
    });
    const PermissionsBoundary = describeBoundary(boundaryArn);
    return { Role: { ...describeRole(role), PermissionsBoundary, Tags: Tags.length > 0 ? Tags : undefined } };
  },
};
