/** The policies a simulation is about, each with what it is and where it comes from. */

import type { Directory } from '../directory/directory.ts';
import { findDocument } from '../managed-policies.ts';
import { refuse } from '../actions/refusals.ts';

/** A policy document in a simulation. */
export interface PolicySource {
  /** As MatchedStatements names it. */
  readonly id: string;
  readonly document: string;
  readonly kind: 'inline' | 'managed';
  /** Of a managed policy. */
  readonly arn?: string;
  /** Of an inline policy: its own name and whose it is. */
  readonly embedded?: { readonly PolicyName: string; readonly owner: string };
}

/** Whose policies are simulated. */
export interface SimulatedPrincipal {
  readonly arn: string;
  readonly accountId: string;
  /** Of a user or a role; a group is nobody who could call. */
  readonly uniqueId: string | undefined;
  readonly identity: readonly PolicySource[];
  readonly boundary: PolicySource | undefined;
  /** Service control policies, level by level; absent outside of an organization. */
  readonly limits: readonly (readonly PolicySource[])[] | undefined;
}

/**
 * The user, group or role of an ARN with its policies; a user's groups included.
 *
 * @throws AwsFault InvalidInput for what is no such ARN or belongs to another account, NoSuchEntity for nobody
 */
export function findPrincipal(directory: Directory, accountId: string, arn: string): SimulatedPrincipal {
  const [kind, name] = readPrincipalArn(accountId, arn);
  const limits = directory.organizations
    .findLimits(accountId)
    ?.map((level) => level.map(({ PolicyName, document }) => ({ id: PolicyName, document, kind: 'managed' as const })));
  const known = { accountId, limits };
  if (kind === 'group') {
    const group = directory.groups.find(accountId, name) ?? refuseUnknown();
    const identity = listPolicies(directory, accountId, [[group.GroupId, `group_${group.GroupName}`]]);
    return { ...known, arn: group.Arn, uniqueId: undefined, identity, boundary: undefined };
  }
  const { Arn, uniqueId, boundaryArn, owners } =
    kind === 'user' ? findUser(directory, accountId, name) : findRole(directory, accountId, name);
  return {
    ...known,
    arn: Arn,
    uniqueId,
    identity: listPolicies(directory, accountId, owners),
    boundary: boundaryArn === undefined ? undefined : findManaged(directory, accountId, boundaryArn),
  };
}

const principalArn = /^arn:aws:iam::(\d{12}):(user|group|role)\/(?:.*\/)?([^/]+)$/;

function readPrincipalArn(accountId: string, arn: string): [kind: string, name: string] {
  const [, owner, kind = '', name = ''] = principalArn.exec(arn) ?? [];
  if (owner === undefined) throw refuse('InvalidInput', `Invalid ARN provided in the request: ${arn}`);
  if (owner !== accountId) {
    const problem = `caller's account ${accountId} does not have access to policies in account ${owner}.`;
    throw refuse('InvalidInput', `Invalid Policy Source Arn: ${problem}`);
  }
  return [kind, name];
}

type Owners = readonly (readonly [ownerId: string, words: string])[];

function findUser(directory: Directory, accountId: string, name: string) {
  const { Arn, UserId, UserName, boundaryArn } = directory.users.find(accountId, name) ?? refuseUnknown();
  const groups = directory.groups.listOf(UserId);
  const owners: Owners = [
    [UserId, `user_${UserName}`],
    ...groups.map(({ GroupId, GroupName }) => [GroupId, `group_${GroupName}`] as const),
  ];
  return { Arn, uniqueId: UserId, boundaryArn, owners };
}

function findRole(directory: Directory, accountId: string, name: string) {
  const { Arn, RoleId, RoleName, boundaryArn } = directory.roles.find(accountId, name) ?? refuseUnknown();
  const owners: Owners = [[RoleId, `role_${RoleName}`]];
  return { Arn, uniqueId: RoleId, boundaryArn, owners };
}

function listPolicies(directory: Directory, accountId: string, owners: Owners): PolicySource[] {
  return owners.flatMap(([ownerId, words]) => [
    ...directory.inlinePolicies.list(ownerId).map(({ PolicyName, document }) => ({
      id: `${words}_${PolicyName}`,
      document,
      kind: 'inline' as const,
      embedded: { PolicyName, owner: words },
    })),
    ...directory.attachedPolicies.list(ownerId).flatMap((arn) => findManaged(directory, accountId, arn) ?? []),
  ]);
}

function findManaged(directory: Directory, accountId: string, arn: string): PolicySource | undefined {
  const document = findDocument(directory, accountId, arn);
  if (document === undefined) return undefined;
  return { id: arn.slice(arn.lastIndexOf('/') + 1), document, kind: 'managed', arn };
}

function refuseUnknown(): never {
  throw refuse('NoSuchEntity', 'Unable to retrieve specified IAM entity.');
}
