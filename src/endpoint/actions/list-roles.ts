import { describeRole } from './named-role.ts';
import { takeSlice } from './page.ts';
import type { IamAction } from './service-action.ts';

/**
 * Roles without their tags, boundaries and last uses, which GetRole says.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
 */
export const listRoles: IamAction<'ListRoles'> = {
  resource({ caller }) {
    return `arn:aws:iam::${caller.accountId}:role/`;
  },

  perform({ input, caller, directory }) {
    const { accountId } = caller;
    const { PathPrefix = '/' } = input;
    const { items, ...more } = takeSlice(['ListRoles', accountId, PathPrefix], input, {
      read: (slice) => directory.roles.list(accountId, { ...slice, PathPrefix }),
      placeOf: ({ RoleName }) => RoleName,
    });
    const Roles = items.map((role) => {
      const { Description, MaxSessionDuration } = role;
      return { ...describeRole(role), Description, MaxSessionDuration };
    });
    return { Roles, ...more };
  },
};
