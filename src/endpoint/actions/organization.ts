/** What the actions of Organizations have in common: whose organization it is, who may look at it, and how it is shown. */

import { AwsFault } from '../../protocol/fault.ts';
import type { Call } from '../action.ts';
import type { Directory } from '../directory/directory.ts';
import type { MemberAccount, Organization, OrganizationalUnit } from '../directory/organizations.ts';
import { organizations } from '../model/overlay.ts';
import { findPlace, writeMarker } from './page.ts';

/** A refusal that the table of Organizations declares. */
export function refuseOrganization(code: keyof typeof organizations.faults, message: string): AwsFault {
  return new AwsFault(code, message, organizations.faults[code]);
}

/** The organization of the caller's account. @throws AwsFault AWSOrganizationsNotInUseException */
export function findOrganization({ caller, directory }: Call<unknown>): Organization {
  const organization = directory.organizations.findOf(caller.accountId);
  if (organization !== undefined) return organization;
  throw refuseOrganization('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
}

/**
 * The same for what only the management account may see.
 *
 * Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 *
 * @throws AwsFault AccessDeniedException too
 */
export function findManagedOrganization(call: Call<unknown>): Organization {
  const organization = findOrganization(call);
  if (organization.managementAccountId === call.caller.accountId) return organization;
  throw refuseOrganization('AccessDeniedException', organizations.ownFaults.AccessDenied.message);
}

/** The root or a unit of an organization. @throws AwsFault ParentNotFoundException */
export function requireParent({ Id, rootId }: Organization, parentId: string, { organizations }: Directory): void {
  if (parentId === rootId || organizations.findUnit(parentId)?.organizationId === Id) return;
  throw refuseOrganization('ParentNotFoundException', "You specified parent that doesn't exist.");
}

export interface OrganizationPageRequest {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

const defaultMaxResults = 20;

/**
 * A page of a list that is read in the order of its ids.
 *
 * @param read at most `limit` items after the one with the id `after`
 * @throws AwsFault InvalidInputException for a token that was not given for this selection
 */
export function readPage<T extends { readonly Id: string }>(
  selection: readonly string[],
  { NextToken, MaxResults = defaultMaxResults }: OrganizationPageRequest,
  read: (slice: { after?: string | undefined; limit: number }) => readonly T[],
): { items: readonly T[]; NextToken?: string | undefined } {
  const after = NextToken === undefined ? undefined : findPlace(selection, NextToken);
  if (NextToken !== undefined && after === undefined) {
    throw refuseOrganization('InvalidInputException', organizations.ownFaults.ValidationError.message);
  }
  // One more than is shown tells whether there is another page.
  const found = read({ after, limit: MaxResults + 1 });
  const items = found.slice(0, MaxResults);
  const last = items.at(-1);
  if (found.length <= MaxResults || last === undefined) return { items };
  return { items, NextToken: writeMarker(selection, last.Id) };
}

/** `arn:aws:organizations::…:account/o-…/…` and its like. */
export function composeOrganizationArn(
  { Id, managementAccountId }: Organization,
  kind: 'account' | 'organization' | 'ou' | 'root',
  id?: string,
): string {
  return `arn:aws:organizations::${managementAccountId}:${[`${kind}/${Id}`, id].filter(Boolean).join('/')}`;
}

/** The types of policies that the organization has switched on. */
export const enabledPolicyTypes = [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] as const;

export function describeMember(organization: Organization, account: MemberAccount, directory: Directory) {
  const { Id, Email, Name, State, JoinedMethod, JoinedTimestamp, parentId } = account;
  const Arn = composeOrganizationArn(organization, 'account', Id);
  const path = composePath(organization, [...directory.organizations.listAbove(parentId), Id]);
  return { Id, Arn, Email, Name, Status: State, State, Paths: [path], JoinedMethod, JoinedTimestamp };
}

export function describeUnit(organization: Organization, { Id, Name }: OrganizationalUnit, directory: Directory) {
  const Path = composePath(organization, directory.organizations.listAbove(Id));
  return { Id, Arn: composeOrganizationArn(organization, 'ou', Id), Name, Path };
}

function composePath({ Id }: Organization, below: readonly string[]): string {
  return [Id, ...below, ''].join('/');
}
