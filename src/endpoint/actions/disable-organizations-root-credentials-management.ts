import { switchFeature } from './organization-features.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootCredentialsManagement.html */
export const disableOrganizationsRootCredentialsManagement: IamAction<'DisableOrganizationsRootCredentialsManagement'> =
  {
    resource() {
      return '*';
    },

    perform(call) {
      return switchFeature(call, 'RootCredentialsManagement', false);
    },
  };
