import type { Call } from '../action.ts';
import { describeBoundary, requireBoundary } from './boundary.ts';
import { describeUser } from './named-user.ts';
import { refuse, refuseTakenName } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { requireTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export const createUser: IamAction<'CreateUser'> = {
  resource({ input, caller }) {
    return `arn:aws:iam::${caller.accountId}:user${input.Path ?? '/'}${input.UserName}`;
  },

  perform(call) {
    const { input, caller, directory, now } = call;
    const { UserName, Path = '/', PermissionsBoundary: boundaryArn, Tags = [] } = input;
    requireTags(Tags);
    if (boundaryArn !== undefined) requireBoundary(call, boundaryArn, 'user');
    requireRoom(call, UserName);
    const user = directory.transact(() => {
      const created = directory.users.create({
        accountId: caller.accountId,
        UserName,
        Path,
        CreateDate: now,
        boundaryArn,
      });
      directory.tags.put(caller.accountId, created.UserId, Tags);
      return created;
    });
    const PermissionsBoundary = describeBoundary(boundaryArn);
    return { User: { ...describeUser(user), PermissionsBoundary, Tags: Tags.length > 0 ? Tags : undefined } };
  },
};

type RoomCall = Pick<Call<unknown>, 'caller' | 'directory' | 'usersQuota'>;

function requireRoom({ caller, directory, usersQuota }: RoomCall, UserName: string): void {
  const { users } = directory;
  if (users.find(caller.accountId, UserName) !== undefined) throw refuseTakenName(UserName);
  if (users.count(caller.accountId) >= usersQuota) {
    throw refuse('LimitExceeded', `Cannot exceed quota for UsersPerAccount: ${usersQuota}`);
  }
}
