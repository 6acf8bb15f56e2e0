/** Which action stands behind which operation of which service. An operation of a table without an action does not compile. */

import type { ServiceModel } from '../../protocol/model.ts';
import type { Action } from '../action.ts';
import { iam, sts } from '../model/overlay.ts';
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
import type { IamAction, StsAction } from './service-action.ts';
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

/** An action whose input `requireValid` has accepted for its operation. */
export type ServedAction = Action<Record<string, unknown>, Readonly<Record<string, unknown>> | undefined>;

export interface Service {
  readonly model: ServiceModel;
  /** By the name of the operation. */
  readonly actions: ReadonlyMap<string, ServedAction>;
}

/** The services of the endpoint, by the name that a credential scope has for them. */
export const services: ReadonlyMap<string, Service> = new Map<string, Service>([
  ['iam', { model: iam, actions: new Map<string, ServedAction>(Object.entries(iamActions)) }],
  ['sts', { model: sts, actions: new Map<string, ServedAction>(Object.entries(stsActions)) }],
]);
