import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';
import { listTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html */
export const listRoleTags: IamAction<'ListRoleTags'> = {
  resource: nameRole,

  perform(call) {
    return listTags(call, findNamedRole(call).RoleId);
  },
};
