import type { Call } from '../action.ts';
import { describeUser } from './named-user.ts';
import { quotas } from './quotas.ts';
import { refuse, refuseTakenName } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { requireTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export const createUser: IamAction<'CreateUser'> = {
  resource({ input, caller }) {
    return `arn:aws:iam::${caller.accountId}:user${input.Path ?? '/'}${input.UserName}`;
  },

  perform({ input, caller, directory, now }) {
    const { UserName, Path = '/', PermissionsBoundary, Tags = [] } = input;
    requireTags(Tags);
    if (PermissionsBoundary !== undefined) {
      // There are no policies here that could be one.
      throw refuse('NoSuchEntity', `Scope ARN: ${PermissionsBoundary} does not exist or is not attachable.`);
    }
    requireRoom({ caller, directory }, UserName);
    const user = directory.transact(() => {
      const created = directory.users.create({ accountId: caller.accountId, UserName, Path, CreateDate: now });
      directory.tags.put(caller.accountId, created.UserId, Tags);
      return created;
    });
    return { User: { ...describeUser(user), Tags: Tags.length > 0 ? Tags : undefined } };
  },
};

function requireRoom({ caller, directory }: Pick<Call<unknown>, 'caller' | 'directory'>, UserName: string): void {
  const { users } = directory;
  if (users.find(caller.accountId, UserName) !== undefined) throw refuseTakenName(UserName);
  if (users.count(caller.accountId) >= quotas.UsersQuota) {
    throw refuse('LimitExceeded', `Cannot exceed quota for UsersPerAccount: ${quotas.UsersQuota}`);
  }
}
