import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';
import { requireTrustPolicy } from './trust-policy.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
export const updateAssumeRolePolicy: IamAction<'UpdateAssumeRolePolicy'> = {
  resource: nameRole,

  perform(call) {
    const { PolicyDocument } = call.input;
    const { RoleId } = findNamedRole(call);
    requireTrustPolicy(call, PolicyDocument);
    call.directory.roles.setTrustPolicy(RoleId, PolicyDocument);
  },
};
