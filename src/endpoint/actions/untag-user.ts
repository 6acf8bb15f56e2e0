import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html */
export const untagUser: IamAction<'UntagUser'> = {
  resource: nameUser,

  perform(call) {
    call.directory.tags.remove(findNamedUser(call).UserId, call.input.TagKeys);
  },
};
