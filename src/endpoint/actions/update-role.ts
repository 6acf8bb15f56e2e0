import { findNamedRole, nameRole } from './named-role.ts';
import type { IamAction } from './service-action.ts';

/**
 * What is not given stays as it is.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html
 */
export const updateRole: IamAction<'UpdateRole'> = {
  resource: nameRole,

  perform(call) {
    const role = findNamedRole(call);
    const { Description = role.Description, MaxSessionDuration = role.MaxSessionDuration } = call.input;
    call.directory.roles.update({ ...role, Description, MaxSessionDuration });
    return {};
  },
};
