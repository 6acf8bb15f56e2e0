import { switchFeature } from './organization-features.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootSessions.html */
export const disableOrganizationsRootSessions: IamAction<'DisableOrganizationsRootSessions'> = {
  resource() {
    return '*';
  },

  perform(call) {
    return switchFeature(call, 'RootSessions', false);
  },
};
