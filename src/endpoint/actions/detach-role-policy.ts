import { detachPolicy } from './attached-policy.ts';
import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html */
export const detachRolePolicy: IamAction<'DetachRolePolicy'> = {
  resource: nameRole,

  perform(call) {
    const { RoleId, RoleName } = findNamedRole(call);
    detachPolicy(call, { kind: 'role', id: RoleId, name: RoleName });
  },
};
