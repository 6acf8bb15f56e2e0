import { putInlinePolicy } from './inline-policy.ts';
import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const putRolePolicy: IamAction<'PutRolePolicy'> = {
  resource: nameRole,

  perform(call) {
    const { RoleId, RoleName } = findNamedRole(call);
    putInlinePolicy(call, { kind: 'role', id: RoleId, name: RoleName });
  },
};
