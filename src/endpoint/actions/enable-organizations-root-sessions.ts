import { switchFeature } from './organization-features.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootSessions.html */
export const enableOrganizationsRootSessions: IamAction<'EnableOrganizationsRootSessions'> = {
  resource() {
    return '*';
  },

  perform(call) {
    return switchFeature(call, 'RootSessions', true);
  },
};
