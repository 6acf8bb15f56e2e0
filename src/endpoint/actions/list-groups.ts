import { describeGroup } from './named-group.ts';
import { takeSlice } from './page.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html */
export const listGroups: IamAction<'ListGroups'> = {
  resource({ caller }) {
    return `arn:aws:iam::${caller.accountId}:group/`;
  },

  perform({ input, caller, directory }) {
    const { accountId } = caller;
    const { PathPrefix = '/' } = input;
    const { items, ...more } = takeSlice(['ListGroups', accountId, PathPrefix], input, {
      read: (slice) => directory.groups.list(accountId, { ...slice, PathPrefix }),
      placeOf: ({ GroupName }) => GroupName,
    });
    return { Groups: items.map(describeGroup), ...more };
  },
};
