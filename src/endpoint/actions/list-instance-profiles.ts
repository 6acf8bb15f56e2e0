import { describeProfile } from './named-instance-profile.ts';
import { takeSlice } from './page.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html */
export const listInstanceProfiles: IamAction<'ListInstanceProfiles'> = {
  resource({ caller }) {
    return `arn:aws:iam::${caller.accountId}:instance-profile/`;
  },

  perform({ input, caller, directory }) {
    const { accountId } = caller;
    const { PathPrefix = '/' } = input;
    const { items, ...more } = takeSlice(['ListInstanceProfiles', accountId, PathPrefix], input, {
      read: (slice) => directory.instanceProfiles.list(accountId, { ...slice, PathPrefix }),
      placeOf: ({ InstanceProfileName }) => InstanceProfileName,
    });
    return { InstanceProfiles: items.map((profile) => describeProfile(directory, profile)), ...more };
  },
};
