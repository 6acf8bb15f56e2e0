import type { Call } from '../action.ts';
import type { User } from '../directory/records.ts';
import { describeBoundary } from './boundary.ts';
import { describeRoot, describeUser, findNamedUser, nameUser } from './named-user.ts';
import { refuseUnknownUser, refuseUnnamed } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
export const getUser: IamAction<'GetUser'> = {
  resource(call) {
    const { input, caller } = call;
    if (input.UserName !== undefined) return nameUser({ ...call, input: { UserName: input.UserName } });
    if (caller.kind === 'role' || caller.kind === 'federated') throw refuseUnnamed();
    return caller.kind === 'user' ? nameUser({ ...call, input: { UserName: caller.userName } }) : caller.arn;
  },

  perform(call) {
    const { input, caller, directory } = call;
    if (input.UserName !== undefined) {
      return describeTaggedUser(call, findNamedUser({ ...call, input: { UserName: input.UserName } }));
    }
    if (caller.kind === 'role' || caller.kind === 'federated') throw refuseUnnamed();
    if (caller.kind === 'root') return { User: describeRoot(call) };
    const user = directory.users.findById(caller.userId);
    if (user === undefined) throw refuseUnknownUser(caller.userName);
    return describeTaggedUser(call, user);
  },
};

/** ListUsers shows users without their tags; this alone does. */
function describeTaggedUser({ directory }: Call<unknown>, user: User): ReturnType<typeof getUser.perform> {
  const Tags = directory.tags.list(user.UserId);
  const PermissionsBoundary = describeBoundary(user.boundaryArn);
  return { User: { ...describeUser(user), PermissionsBoundary, Tags: Tags.length > 0 ? Tags : undefined } };
}
