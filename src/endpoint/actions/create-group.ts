import { describeGroup, refuseTakenGroupName } from './named-group.ts';
import { quotas } from './quotas.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html */
export const createGroup: IamAction<'CreateGroup'> = {
  resource({ input, caller }) {
    return `arn:aws:iam::${caller.accountId}:group${input.Path ?? '/'}${input.GroupName}`;
  },

  perform({ input, caller, directory, now }) {
    const { GroupName, Path = '/' } = input;
    const { accountId } = caller;
    if (directory.groups.find(accountId, GroupName) !== undefined) throw refuseTakenGroupName(GroupName);
    if (directory.groups.count(accountId) >= quotas.GroupsQuota) {
      throw refuse('LimitExceeded', `Cannot exceed quota for GroupsPerAccount: ${quotas.GroupsQuota}`);
    }
    return { Group: describeGroup(directory.groups.create({ accountId, GroupName, Path, CreateDate: now })) };
  },
};
