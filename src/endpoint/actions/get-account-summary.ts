import { quotas } from './quotas.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
export const getAccountSummary: IamAction<'GetAccountSummary'> = {
  resource() {
    return '*';
  },

  perform({ caller: { accountId }, directory, usersQuota }) {
    const { devices, assigned } = directory.mfaDevices.count(accountId);
    return {
      SummaryMap: {
        ...quotas,
        ...absent,
        UsersQuota: usersQuota,
        Users: directory.users.count(accountId),
        Groups: directory.groups.count(accountId),
        Roles: directory.roles.count(accountId),
        InstanceProfiles: directory.instanceProfiles.count(accountId),
        Policies: directory.policies.count(accountId),
        PolicyVersionsInUse: directory.attachedPolicies.countInUse(accountId),
        MFADevices: devices,
        MFADevicesInUse: assigned,
        AccountAccessKeysPresent: directory.accessKeys.list(accountId).length > 0 ? 1 : 0,
        AccountSigningCertificatesPresent: directory.signingCertificates.list(accountId).length > 0 ? 1 : 0,
        AccountMFAEnabled: directory.mfaDevices.listOfUser(accountId).length > 0 ? 1 : 0,
        AccountPasswordPresent: directory.accounts.find(accountId)?.rootPasswordAt === undefined ? 0 : 1,
        GlobalEndpointTokenVersion: 1,
      },
    };
  },
};

/** What no account has here. */
const absent = {
  Providers: 0,
  ServerCertificates: 0,
} as const;
