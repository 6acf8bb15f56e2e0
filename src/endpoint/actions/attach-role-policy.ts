import { attachPolicy } from './attached-policy.ts';
import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export const attachRolePolicy: IamAction<'AttachRolePolicy'> = {
  resource: nameRole,

  perform(call) {
    const { RoleId, RoleName } = findNamedRole(call);
    attachPolicy(call, { kind: 'role', id: RoleId, name: RoleName });
  },
};
