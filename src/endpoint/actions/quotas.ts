/**
 * What an account may have, as AWS sets it for a new one.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const quotas = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  GroupPolicySizeQuota: 5120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfilesQuota: 1000,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10000,
  RolePolicySizeQuota: 10240,
  RolesQuota: 1000,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
} as const;

/** Tags a user, a role or a policy may have; no part of the account's summary. */
export const tagsQuota = 50;

/** Virtual MFA devices a user may have at a time; no part of the account's summary. */
export const mfaDevicesQuota = 8;

/** Service-specific credentials a user may have for each service; no part of the account's summary. */
export const serviceCredentialsQuota = 2;

/** SSH public keys a user may have; no part of the account's summary. */
export const sshPublicKeysQuota = 5;
