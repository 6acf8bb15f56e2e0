import type { ContextMap } from '../policy/context.ts';
import type { Call } from './action.ts';
import type { Caller } from './caller.ts';
import type { Directory } from './directory/directory.ts';
import type { Tag } from './directory/records.ts';
import type { Resource } from './resource.ts';

/** What a request's connection and headers say, for the conditions of policies. */
export interface RequestOrigin {
  /** Empty where there is no connection. */
  readonly sourceAddress: string;
  readonly userAgent: string | undefined;
}

/**
 * The condition keys of a request.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and
 * reference_policies_iam-condition-keys.html
 */
export function describeContext(
  call: Call<Record<string, unknown>>,
  resource: Resource,
  origin: RequestOrigin,
): ContextMap {
  const { caller, directory, now, region } = call;
  const context: Record<string, string | readonly string[]> = {
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1_000)),
    'aws:PrincipalAccount': caller.accountId,
    'aws:PrincipalArn': findPrincipalArn(caller),
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalType': principalTypes[caller.kind],
    'aws:RequestedRegion': region,
    'aws:ResourceAccount': resource.accountId ?? caller.accountId,
    // Nothing here is encrypted on its way.
    'aws:SecureTransport': 'false',
    'aws:userid': caller.userId,
    'aws:ViaAWSService': 'false',
  };
  if (caller.kind === 'user') context['aws:username'] = caller.userName;
  if (origin.sourceAddress !== '') context['aws:SourceIp'] = origin.sourceAddress;
  if (origin.userAgent !== undefined) context['aws:UserAgent'] = origin.userAgent;
  const organization = directory.organizations.findOf(caller.accountId);
  if (organization !== undefined) context['aws:PrincipalOrgID'] = organization.Id;
  addSession(context, caller, now);
  addTags(context, 'aws:PrincipalTag', listPrincipalTags(directory, caller));
  addResource(context, directory, resource);
  addInput(context, call.input);
  return context;
}

type Context = Record<string, string | readonly string[]>;

const principalTypes: Readonly<Record<Caller['kind'], string>> = {
  user: 'User',
  role: 'AssumedRole',
  federated: 'FederatedUser',
  root: 'Account',
};

/** Of a role's session the role. */
function findPrincipalArn(caller: Caller): string {
  return caller.kind === 'role' ? caller.issuerArn : caller.arn;
}

/** A long-term key says nothing of MFA, rather than that there was none. */
function addSession(context: Context, { session }: Caller, now: Date): void {
  if (session === undefined) return;
  const { issuedAt, mfa, SourceIdentity } = session;
  context['aws:TokenIssueTime'] = issuedAt.toISOString();
  context['aws:MultiFactorAuthPresent'] = String(mfa);
  if (mfa) context['aws:MultiFactorAuthAge'] = String(Math.floor((now.getTime() - issuedAt.getTime()) / 1_000));
  if (SourceIdentity !== undefined) context['aws:SourceIdentity'] = SourceIdentity;
}

/** A session's own tags go before those of the role or user behind it. */
function listPrincipalTags({ tags }: Directory, caller: Caller): readonly Tag[] {
  const id = caller.kind === 'role' || caller.kind === 'federated' ? caller.issuerId : caller.userId;
  return [...tags.list(id), ...(caller.session?.tags ?? [])];
}

function addTags(context: Context, key: string, tags: readonly Tag[]): void {
  for (const { Key, Value } of tags) context[`${key}/${Key.toLowerCase()}`] = Value;
}

function addResource(context: Context, { tags }: Directory, { taggedId, boundaryArn }: Resource): void {
  if (boundaryArn !== undefined) context['iam:PermissionsBoundary'] = boundaryArn;
  if (taggedId === undefined) return;
  const list = tags.list(taggedId);
  addTags(context, 'aws:ResourceTag', list);
  addTags(context, 'iam:ResourceTag', list);
}

/** What several actions take under the same name. */
function addInput(context: Context, input: Readonly<Record<string, unknown>>): void {
  const Tags = readTags(input.Tags);
  addTags(context, 'aws:RequestTag', Tags);
  const keys = [...Tags.map(({ Key }) => Key), ...readTexts(input.TagKeys)];
  if (keys.length > 0) context['aws:TagKeys'] = keys;
  for (const [name, key] of inputKeys) {
    const value = input[name];
    if (typeof value === 'string') context[key] = value;
  }
  const transitive = readTexts(input.TransitiveTagKeys);
  if (transitive.length > 0) context['sts:TransitiveTagKeys'] = transitive;
}

const inputKeys = [
  ['PolicyArn', 'iam:PolicyARN'],
  ['PermissionsBoundary', 'iam:PermissionsBoundary'],
  ['ExternalId', 'sts:ExternalId'],
  ['RoleSessionName', 'sts:RoleSessionName'],
  ['SourceIdentity', 'sts:SourceIdentity'],
] as const;

function readTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === 'string') : [];
}

function readTags(value: unknown): readonly Tag[] {
  return Array.isArray(value) ? value.filter(isTag) : [];
}

function isTag(value: unknown): value is Tag {
  return (
    typeof value === 'object' &&
    value !== null &&
    'Key' in value &&
    typeof value.Key === 'string' &&
    'Value' in value &&
    typeof value.Value === 'string'
  );
}
