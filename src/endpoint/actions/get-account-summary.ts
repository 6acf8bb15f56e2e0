import { quotas } from './quotas.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
export const getAccountSummary: IamAction<'GetAccountSummary'> = {
  resource() {
    return '*';
  },

  perform({ caller, directory }) {
    return {
      SummaryMap: {
        ...quotas,
        ...absent,
        Users: directory.users.count(caller.accountId),
        AccountAccessKeysPresent: directory.accessKeys.list(caller.accountId).length > 0 ? 1 : 0,
        GlobalEndpointTokenVersion: 1,
      },
    };
  },
};

/** What no account has here. */
const absent = {
  AccountMFAEnabled: 0,
  AccountPasswordPresent: 0,
  AccountSigningCertificatesPresent: 0,
  Groups: 0,
  InstanceProfiles: 0,
  MFADevices: 0,
  MFADevicesInUse: 0,
  Policies: 0,
  PolicyVersionsInUse: 0,
  Providers: 0,
  Roles: 0,
  ServerCertificates: 0,
} as const;
