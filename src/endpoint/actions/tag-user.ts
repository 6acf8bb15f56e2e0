import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';
import { putTags, requireSome, requireTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html */
export const tagUser: IamAction<'TagUser'> = {
  resource: nameUser,

  perform(call) {
    requireSome(call.input.Tags);
    requireTags(call.input.Tags);
    putTags(call, findNamedUser(call).UserId);
  },
};
