import { describeUser } from './named-user.ts';
import { defaultMaxItems, readMarker, writeMarker } from './page.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
export const listUsers: IamAction<'ListUsers'> = {
  resource({ caller }) {
    return `arn:aws:iam::${caller.accountId}:user/`;
  },

  perform({ input, caller, directory }) {
    const { PathPrefix = '/', Marker, MaxItems = defaultMaxItems } = input;
    const selection = ['ListUsers', caller.accountId, PathPrefix];
    const after = Marker === undefined ? undefined : readMarker(selection, Marker);
    // One more than is shown tells whether there is another page.
    const found = directory.users.list(caller.accountId, { PathPrefix, after, limit: MaxItems + 1 });
    const shown = found.slice(0, MaxItems);
    const last = shown.at(-1);
    const IsTruncated = found.length > MaxItems;
    return {
      Users: shown.map(describeUser),
      IsTruncated,
      Marker: IsTruncated && last !== undefined ? writeMarker(selection, last.UserName) : undefined,
    };
  },
};
