import type { Call } from '../action.ts';
import type { User } from '../directory/records.ts';
import type { Resource } from '../resource.ts';
import { refuseUnknownUser } from './refusals.ts';

type NamingCall = Call<{ readonly UserName: string }>;

/** The user that a request names. @throws AwsFault NoSuchEntity */
export function findNamedUser({ input, caller, directory }: NamingCall): User {
  const user = directory.users.find(caller.accountId, input.UserName);
  if (user === undefined) throw refuseUnknownUser(input.UserName);
  return user;
}

/** The user a request names as a resource: by its stored name, or as written where there is no such user. */
export function nameUser({ input, caller, directory }: NamingCall): Resource {
  const { UserName } = input;
  const user = directory.users.find(caller.accountId, UserName);
  return user === undefined
    ? { arn: `arn:aws:iam::${caller.accountId}:user/${UserName}`, words: `user ${UserName}` }
    : toUserResource(user);
}

export function toUserResource({ Arn, UserName, UserId, boundaryArn }: User): Resource {
  return { arn: Arn, words: `user ${UserName}`, taggedId: UserId, boundaryArn };
}

/** What IAM shows of the caller's root user, which has neither name nor path. */
export function describeRoot({ caller: { accountId }, directory, now }: Call<unknown>) {
  const { CreateDate = now } = directory.accounts.find(accountId) ?? {};
  return { UserId: accountId, Arn: `arn:aws:iam::${accountId}:root`, CreateDate };
}

/** What IAM shows of a user wherever it shows one. */
export function describeUser({
  Path,
  UserName,
  UserId,
  Arn,
  CreateDate,
}: User): Omit<User, 'accountId' | 'boundaryArn'> {
  return { Path, UserName, UserId, Arn, CreateDate };
}
