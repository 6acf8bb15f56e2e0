/** Which action stands behind which operation of which service. An operation of a table without an action does not compile. */

import type { ServiceModel } from '../../protocol/model.ts';
import type { Action } from '../action.ts';
import { cloudtrail, iam, organizations, sts } from '../model/overlay.ts';
import type { ServiceName } from '../service-name.ts';
import { jsonWire, queryWire, type Wire } from '../wire.ts';
import { changePassword } from './change-password.ts';
import { createAccessKey } from './create-access-key.ts';
import { createAccountAlias } from './create-account-alias.ts';
import { createLoginProfile } from './create-login-profile.ts';
import { createServiceSpecificCredential } from './create-service-specific-credential.ts';
import { createUser } from './create-user.ts';
import { createVirtualMfaDevice } from './create-virtual-mfa-device.ts';
import { deactivateMfaDevice } from './deactivate-mfa-device.ts';
import { deleteAccessKey } from './delete-access-key.ts';
import { deleteAccountAlias } from './delete-account-alias.ts';
import { deleteAccountPasswordPolicy } from './delete-account-password-policy.ts';
import { deleteLoginProfile } from './delete-login-profile.ts';
import { deleteServiceSpecificCredential } from './delete-service-specific-credential.ts';
import { deleteUser } from './delete-user.ts';
import { deleteVirtualMfaDevice } from './delete-virtual-mfa-device.ts';
import { describeAccount } from './describe-account.ts';
import { describeOrganization } from './describe-organization.ts';
import { describeOrganizationalUnit } from './describe-organizational-unit.ts';
import { enableMfaDevice } from './enable-mfa-device.ts';
import { generateCredentialReport } from './generate-credential-report.ts';
import { getAccessKeyInfo } from './get-access-key-info.ts';
import { getAccessKeyLastUsed } from './get-access-key-last-used.ts';
import { getAccountPasswordPolicy } from './get-account-password-policy.ts';
import { getAccountSummary } from './get-account-summary.ts';
import { getCallerIdentity } from './get-caller-identity.ts';
import { getCredentialReport } from './get-credential-report.ts';
import { getLoginProfile } from './get-login-profile.ts';
import { getMfaDevice } from './get-mfa-device.ts';
import { getUser } from './get-user.ts';
import { listAccessKeys } from './list-access-keys.ts';
import { listAccountAliases } from './list-account-aliases.ts';
import { listAccounts } from './list-accounts.ts';
import { listAccountsForParent } from './list-accounts-for-parent.ts';
import { listMfaDevices } from './list-mfa-devices.ts';
import { listOrganizationalUnitsForParent } from './list-organizational-units-for-parent.ts';
import { listParents } from './list-parents.ts';
import { listRoots } from './list-roots.ts';
import { listServiceSpecificCredentials } from './list-service-specific-credentials.ts';
import { listSigningCertificates } from './list-signing-certificates.ts';
import { listSshPublicKeys } from './list-ssh-public-keys.ts';
import { listUserTags } from './list-user-tags.ts';
import { listUsers } from './list-users.ts';
import { listVirtualMfaDevices } from './list-virtual-mfa-devices.ts';
import { lookupEvents } from './lookup-events.ts';
import { resetServiceSpecificCredential } from './reset-service-specific-credential.ts';
import { resyncMfaDevice } from './resync-mfa-device.ts';
import { tagUser } from './tag-user.ts';
import { untagUser } from './untag-user.ts';
import { updateAccessKey } from './update-access-key.ts';
import { updateAccountPasswordPolicy } from './update-account-password-policy.ts';
import { updateLoginProfile } from './update-login-profile.ts';
import { updateServiceSpecificCredential } from './update-service-specific-credential.ts';
import { updateUser } from './update-user.ts';
import type { CloudTrailAction, IamAction, OrganizationsAction, StsAction } from './service-action.ts';

const iamActions: { readonly [Name in keyof typeof iam.operations]: IamAction<Name> } = {
  ChangePassword: changePassword,
  CreateAccessKey: createAccessKey,
  CreateAccountAlias: createAccountAlias,
  CreateLoginProfile: createLoginProfile,
  CreateServiceSpecificCredential: createServiceSpecificCredential,
  CreateUser: createUser,
  CreateVirtualMFADevice: createVirtualMfaDevice,
  DeactivateMFADevice: deactivateMfaDevice,
  DeleteAccessKey: deleteAccessKey,
  DeleteAccountAlias: deleteAccountAlias,
  DeleteAccountPasswordPolicy: deleteAccountPasswordPolicy,
  DeleteLoginProfile: deleteLoginProfile,
  DeleteServiceSpecificCredential: deleteServiceSpecificCredential,
  DeleteUser: deleteUser,
  DeleteVirtualMFADevice: deleteVirtualMfaDevice,
  EnableMFADevice: enableMfaDevice,
  GenerateCredentialReport: generateCredentialReport,
  GetAccessKeyLastUsed: getAccessKeyLastUsed,
  GetAccountPasswordPolicy: getAccountPasswordPolicy,
  GetAccountSummary: getAccountSummary,
  GetCredentialReport: getCredentialReport,
  GetLoginProfile: getLoginProfile,
  GetMFADevice: getMfaDevice,
  GetUser: getUser,
  ListAccessKeys: listAccessKeys,
  ListAccountAliases: listAccountAliases,
  ListMFADevices: listMfaDevices,
  ListSSHPublicKeys: listSshPublicKeys,
  ListServiceSpecificCredentials: listServiceSpecificCredentials,
  ListSigningCertificates: listSigningCertificates,
  ListUserTags: listUserTags,
  ListUsers: listUsers,
  ListVirtualMFADevices: listVirtualMfaDevices,
  ResetServiceSpecificCredential: resetServiceSpecificCredential,
  ResyncMFADevice: resyncMfaDevice,
  TagUser: tagUser,
  UntagUser: untagUser,
  UpdateAccessKey: updateAccessKey,
  UpdateAccountPasswordPolicy: updateAccountPasswordPolicy,
  UpdateLoginProfile: updateLoginProfile,
  UpdateServiceSpecificCredential: updateServiceSpecificCredential,
  UpdateUser: updateUser,
};

const stsActions: { readonly [Name in keyof typeof sts.operations]: StsAction<Name> } = {
  GetAccessKeyInfo: getAccessKeyInfo,
  GetCallerIdentity: getCallerIdentity,
};

const organizationsActions: { readonly [Name in keyof typeof organizations.operations]: OrganizationsAction<Name> } = {
  DescribeAccount: describeAccount,
  DescribeOrganization: describeOrganization,
  DescribeOrganizationalUnit: describeOrganizationalUnit,
  ListAccounts: listAccounts,
  ListAccountsForParent: listAccountsForParent,
  ListOrganizationalUnitsForParent: listOrganizationalUnitsForParent,
  ListParents: listParents,
  ListRoots: listRoots,
};

const cloudtrailActions: { readonly [Name in keyof typeof cloudtrail.operations]: CloudTrailAction<Name> } = {
  LookupEvents: lookupEvents,
};

/** An action whose input `requireValid` has accepted for its operation. */
export type ServedAction = Action<Record<string, unknown>, Readonly<Record<string, unknown>> | undefined>;

export interface Service {
  readonly model: ServiceModel;
  readonly wire: Wire;
  /** By the name of the operation. */
  readonly actions: ReadonlyMap<string, ServedAction>;
}

/** The services of the endpoint, by the name that a credential scope has for them. */
export const services: Readonly<Record<ServiceName, Service>> = {
  cloudtrail: { model: cloudtrail, wire: jsonWire, actions: collectActions(cloudtrailActions) },
  iam: { model: iam, wire: queryWire, actions: collectActions(iamActions) },
  organizations: { model: organizations, wire: jsonWire, actions: collectActions(organizationsActions) },
  sts: { model: sts, wire: queryWire, actions: collectActions(stsActions) },
};

function collectActions(actions: Readonly<Record<string, ServedAction>>): ReadonlyMap<string, ServedAction> {
  return new Map(Object.entries(actions));
}
