import { describeFeatures } from './organization-features.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html */
export const listOrganizationsFeatures: IamAction<'ListOrganizationsFeatures'> = {
  resource() {
    return '*';
  },

  perform: describeFeatures,
};
