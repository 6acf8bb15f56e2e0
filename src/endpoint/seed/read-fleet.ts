/** From a seed document (docs/endpoint.md, "Seeds") to the fleet that it describes. Nothing is written before all is read. */

import { isAccessKeyId } from '../../access-key-id.ts';
import { quotas } from '../actions/quotas.ts';
import type { Fleet, FleetAccount, FleetKey, FleetMember, FleetRole, FleetUser } from '../directory/fleet.ts';
import type { RandomBytes } from '../directory/identifiers.ts';
import { composeAccessRole } from './access-role.ts';
import { Fields, refuse } from '../fields.ts';
import { readOrganization, type ReadOrganization } from './read-organization.ts';
import { writePolicy } from './write-policy.ts';

export interface ReadingTerms {
  /** What durations count back from. */
  readonly now: Date;
  /** For the ids of an organization that names none. */
  readonly random: RandomBytes;
}

const accountForm = /^\d{12}$/;
const nameForm = /^[\w+=,.@-]{1,64}$/;
const pathForm = /^(?:\/|\/[!-~]+\/)$/;
const arnForm = /^arn:[\x20-\x7e]{16,}$/;

/**
 * @param document as JSON or YAML has it
 * @throws KeyturnError ERR_USAGE that names the place
 */
export function readFleet(document: unknown, terms: ReadingTerms): Fleet {
  const fields = new Fields(document, '', 'the seed');
  const value = fields.read('organization');
  const organization = value === undefined ? undefined : readOrganization(value, terms.random);
  const accounts = fields.list('accounts', (account, place) => readAccount(account, place, terms, organization));
  fields.end();
  for (const accountId of organization?.parents.keys() ?? []) {
    if (!accounts.some((account) => account.accountId === accountId)) {
      throw fields.refuse('organization', `names the account ${accountId}, which is not among the accounts`);
    }
  }
  return { organization: organization?.organization, accounts };
}

function readAccount(
  value: unknown,
  place: string,
  { now }: ReadingTerms,
  organization: ReadOrganization | undefined,
): FleetAccount {
  const fields = new Fields(value, place, 'the seed');
  const accountId = fields.requireText('accountId', accountForm);
  const CreateDate = fields.time('CreateDate', now) ?? now;
  const member = readMember(fields, accountId, organization);
  const alias = fields.text('alias', /^[a-z\d](?:[a-z\d-]{1,61})[a-z\d]$/);
  const rootKeys = readKeys(fields, 'rootAccessKeys', now);
  const users = fields.list('users', (user, userPlace) => readUser(user, userPlace, now));
  const roles = fields.list('roles', (role, rolePlace) => readRole(role, rolePlace, now));
  const managementAccountId = organization?.organization.managementAccountId;
  if (member?.JoinedMethod === 'CREATED' && managementAccountId !== undefined && accountId !== managementAccountId) {
    const role = composeAccessRole(managementAccountId, CreateDate);
    if (!roles.some(({ RoleName }) => RoleName === role.RoleName)) roles.push(role);
  }
  fields.end();
  return { accountId, CreateDate, alias, member, rootKeys, roles, users };
}

function readMember(
  fields: Fields,
  accountId: string,
  organization: ReadOrganization | undefined,
): FleetMember | undefined {
  const Name = fields.text('Name') ?? accountId;
  const Email = fields.text('Email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/) ?? `aws+${accountId}@example.com`;
  const State = fields.choice('State', ['ACTIVE', 'SUSPENDED']) ?? 'ACTIVE';
  // The management account made the organization, and counts as invited.
  const isManagement = accountId === organization?.organization.managementAccountId;
  const usual = isManagement ? 'INVITED' : 'CREATED';
  const JoinedMethod = fields.choice('JoinedMethod', ['INVITED', 'CREATED']) ?? usual;
  const parentId = organization?.parents.get(accountId);
  return parentId === undefined ? undefined : { parentId, Name, Email, State, JoinedMethod };
}

function readPrincipal(fields: Fields, now: Date) {
  const tags = fields.entries('Tags').map(([Key, Value]) => {
    if (typeof Value !== 'string') throw fields.refuse(`Tags.${Key}`, 'is not a text');
    return { Key, Value };
  });
  return {
    Path: fields.text('Path', pathForm) ?? '/',
    CreateDate: fields.time('CreateDate', now) ?? now,
    tags,
    attachedPolicies: fields.list('AttachedPolicies', (arn, place) => {
      if (typeof arn !== 'string' || !arnForm.test(arn)) throw refuse(place, 'is not the ARN of a policy', 'the seed');
      return arn;
    }),
    inlinePolicies: fields
      .entries('InlinePolicies')
      .map(([PolicyName, document]) => ({ PolicyName, document: writePolicy(document, 'inline', fields, PolicyName) })),
  };
}

function readUser(value: unknown, place: string, now: Date): FleetUser {
  const fields = new Fields(value, place, 'the seed');
  const UserName = fields.requireText('UserName', nameForm);
  const principal = readPrincipal(fields, now);
  const { CreateDate } = principal;
  const changedAt = fields.time('PasswordLastChanged', now);
  const password = changedAt && { CreateDate, changedAt };
  const accessKeys = readKeys(fields, 'AccessKeys', now);
  fields.end();
  return { ...principal, UserName, password, accessKeys };
}

function readRole(value: unknown, place: string, now: Date): FleetRole {
  const fields = new Fields(value, place, 'the seed');
  const RoleName = fields.requireText('RoleName', nameForm);
  const trust = fields.read('AssumeRolePolicyDocument');
  if (trust === undefined) throw fields.refuse('AssumeRolePolicyDocument', 'is missing');
  const trustPolicy = writePolicy(trust, 'trust', fields, 'AssumeRolePolicyDocument');
  const principal = readPrincipal(fields, now);
  fields.end();
  return { ...principal, RoleName, trustPolicy };
}

function readKeys(fields: Fields, name: string, now: Date): FleetKey[] {
  const keys = fields.list(name, (key, place) => readKey(key, place, now));
  if (keys.length > quotas.AccessKeysPerUserQuota) throw fields.refuse(name, 'are more than two');
  return keys;
}

function readKey(value: unknown, place: string, now: Date): FleetKey {
  const fields = new Fields(value, place, 'the seed');
  const AccessKeyId = fields.text('AccessKeyId');
  const SecretAccessKey = fields.text('SecretAccessKey', /^.{8,128}$/);
  if (AccessKeyId !== undefined && !isAccessKeyId(AccessKeyId)) {
    throw fields.refuse('AccessKeyId', 'is not an access key id');
  }
  const Status = fields.choice('Status', ['Active', 'Inactive']) ?? 'Active';
  const CreateDate = fields.time('CreateDate', now) ?? now;
  const lastUse = readLastUse(fields, now);
  fields.end();
  return { AccessKeyId, SecretAccessKey, Status, CreateDate, lastUse };
}

function readLastUse(fields: Fields, now: Date): FleetKey['lastUse'] {
  const LastUsedDate = fields.time('LastUsedDate', now);
  const Region = fields.text('Region', /^[a-z\d-]{1,32}$/) ?? 'us-east-1';
  const ServiceName = fields.text('ServiceName', /^[a-z\d-]{1,64}$/) ?? 's3';
  return LastUsedDate && { LastUsedDate, Region, ServiceName };
}
