import { describeGroup, findNamedGroup, nameGroup } from './named-group.ts';
import { describeUser } from './named-user.ts';
import { takeSlice } from './page.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html */
export const getGroup: IamAction<'GetGroup'> = {
  resource: nameGroup,

  perform(call) {
    const { input, directory } = call;
    const group = findNamedGroup(call);
    const { items, ...more } = takeSlice(['GetGroup', group.GroupId], input, {
      read: (slice) => directory.groups.members(group.GroupId, slice),
      placeOf: ({ UserName }) => UserName,
    });
    return { Group: describeGroup(group), Users: items.map(describeUser), ...more };
  },
};
