/** Which action stands behind which operation of which service. An operation of a table without an action does not compile. */

import type { ServiceModel } from '../../protocol/model.ts';
import type { Action } from '../action.ts';
import { cloudtrail, iam, organizations, sts } from '../model/overlay.ts';
import type { ServiceName } from '../service-name.ts';
import { jsonWire, queryWire, type Wire } from '../wire.ts';
import { createAccessKey } from './create-access-key.ts';
import { createUser } from './create-user.ts';
import { deleteAccessKey } from './delete-access-key.ts';
import { deleteUser } from './delete-user.ts';
import { getAccessKeyInfo } from './get-access-key-info.ts';
import { getAccessKeyLastUsed } from './get-access-key-last-used.ts';
import { getAccountSummary } from './get-account-summary.ts';
import { getCallerIdentity } from './get-caller-identity.ts';
import { getUser } from './get-user.ts';
import { listAccessKeys } from './list-access-keys.ts';
import { listUserTags } from './list-user-tags.ts';
import { listUsers } from './list-users.ts';
import { describeAccount } from './describe-account.ts';
import { describeOrganization } from './describe-organization.ts';
import { describeOrganizationalUnit } from './describe-organizational-unit.ts';
import { listAccounts } from './list-accounts.ts';
import { listAccountsForParent } from './list-accounts-for-parent.ts';
import { listOrganizationalUnitsForParent } from './list-organizational-units-for-parent.ts';
import { listParents } from './list-parents.ts';
import { listRoots } from './list-roots.ts';
import { lookupEvents } from './lookup-events.ts';
import type { CloudTrailAction, IamAction, OrganizationsAction, StsAction } from './service-action.ts';
import { tagUser } from './tag-user.ts';
import { untagUser } from './untag-user.ts';
import { updateAccessKey } from './update-access-key.ts';
import { updateUser } from './update-user.ts';

const iamActions: { readonly [Name in keyof typeof iam.operations]: IamAction<Name> } = {
  CreateAccessKey: createAccessKey,
  CreateUser: createUser,
  DeleteAccessKey: deleteAccessKey,
  DeleteUser: deleteUser,
  GetAccessKeyLastUsed: getAccessKeyLastUsed,
  GetAccountSummary: getAccountSummary,
  GetUser: getUser,
  ListAccessKeys: listAccessKeys,
  ListUserTags: listUserTags,
  ListUsers: listUsers,
  TagUser: tagUser,
  UntagUser: untagUser,
  UpdateAccessKey: updateAccessKey,
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
