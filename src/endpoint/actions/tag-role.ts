import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';
import { putTags, requireSome, requireTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html */
export const tagRole: IamAction<'TagRole'> = {
  resource: nameRole,

  perform(call) {
    requireSome(call.input.Tags);
    requireTags(call.input.Tags);
    putTags(call, findNamedRole(call).RoleId);
  },
};
