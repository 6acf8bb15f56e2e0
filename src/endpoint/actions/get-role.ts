import { describeBoundary } from './boundary.ts';
import { describeRole, findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const getRole: IamAction<'GetRole'> = {
  resource: nameRole,

  perform(call) {
    const role = findNamedRole(call);
    const { RoleId, Description, MaxSessionDuration, boundaryArn, lastUse = {} } = role;
    const Tags = call.directory.tags.list(RoleId);
    return {
      Role: {
        ...describeRole(role),
        Description,
        MaxSessionDuration,
        PermissionsBoundary: describeBoundary(boundaryArn),
        Tags: Tags.length > 0 ? Tags : undefined,
        RoleLastUsed: lastUse,
      },
    };
  },
};
