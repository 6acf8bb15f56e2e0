import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html */
export const untagRole: IamAction<'UntagRole'> = {
  resource: nameRole,

  perform(call) {
    call.directory.tags.remove(findNamedRole(call).RoleId, call.input.TagKeys);
  },
};
