import { describeRole, findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html */
export const updateRoleDescription: IamAction<'UpdateRoleDescription'> = {
  resource: nameRole,

  perform(call) {
    const { Description } = call.input;
    const role = findNamedRole(call);
    call.directory.roles.update({ ...role, Description });
    return { Role: { ...describeRole(role), Description } };
  },
};
