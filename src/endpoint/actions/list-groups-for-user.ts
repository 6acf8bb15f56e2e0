import { describeGroup } from './named-group.ts';
import { findNamedUser, nameUser } from './named-user.ts';
import { takePage } from './page.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html */
export const listGroupsForUser: IamAction<'ListGroupsForUser'> = {
  resource: nameUser,

  perform(call) {
    const { UserId } = findNamedUser(call);
    const all = call.directory.groups.listOf(UserId);
    const { items, ...more } = takePage(all, ({ GroupId }) => GroupId, ['ListGroupsForUser', UserId], call.input);
    return { Groups: items.map(describeGroup), ...more };
  },
};
