import { findNamedUser, nameUser } from './named-user.ts';
import type { IamAction } from './service-action.ts';
import { listTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html */
export const listUserTags: IamAction<'ListUserTags'> = {
  resource: nameUser,

  perform(call) {
    return listTags(call, findNamedUser(call).UserId);
  },
};
