import { findNamedUser, nameUser } from './named-user.ts';
import { takePage } from './page.ts';
import type { IamAction } from './service-action.ts';
import { foldTagKey } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html */
export const listUserTags: IamAction<'ListUserTags'> = {
  resource: nameUser,

  perform(call) {
    const { UserId } = findNamedUser(call);
    const all = call.directory.tags.list(UserId);
    const { items, ...more } = takePage(all, ({ Key }) => foldTagKey(Key), ['ListUserTags', UserId], call.input);
    return { Tags: items, ...more };
  },
};
