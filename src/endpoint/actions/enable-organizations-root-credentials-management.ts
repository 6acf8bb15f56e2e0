import { switchFeature } from './organization-features.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootCredentialsManagement.html */
export const enableOrganizationsRootCredentialsManagement: IamAction<'EnableOrganizationsRootCredentialsManagement'> = {
  resource() {
    return '*';
  },

  perform(call) {
    return switchFeature(call, 'RootCredentialsManagement', true);
  },
};
