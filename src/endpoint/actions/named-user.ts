import type { Call } from '../action.ts';
import type { User } from '../directory/records.ts';
import { refuseUnknownUser } from './refusals.ts';

type NamingCall = Call<{ readonly UserName: string }>;

/** The user that a request names. @throws AwsFault NoSuchEntity */
export function findNamedUser({ input, caller, directory }: NamingCall): User {
  const user = directory.users.find(caller.accountId, input.UserName);
  if (user === undefined) throw refuseUnknownUser(input.UserName);
  return user;
}

/** The user a request names as AccessDenied has it: by its stored name, or as written where there is no such user. */
export function nameUser({ input, caller, directory }: NamingCall): string {
  return `user ${directory.users.find(caller.accountId, input.UserName)?.UserName ?? input.UserName}`;
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
