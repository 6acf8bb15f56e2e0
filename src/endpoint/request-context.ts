import type { ContextMap } from '../policy/context.ts';
import { findHeader } from '../sigv4/request.ts';
import type { Call } from './action.ts';
import type { Caller } from './caller.ts';
import type { Tag } from './directory/records.ts';
import { isAssumedRoot } from './directory/sessions.ts';
import type { ReceivedRequest } from './received-request.ts';
import type { Resource } from './resource.ts';

/** What the condition keys of a request are worked out from. */
export interface Facts {
  readonly call: Call<Readonly<Record<string, unknown>>>;
  readonly resource: Resource;
  readonly request: ReceivedRequest;
}

/** The account that an ARN names, if it does. */
function findAccount(arn: string): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}

type Value = string | readonly string[] | undefined;

/**
 * The condition keys of a request.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and
 * reference_policies_iam-condition-keys.html
 *
 * @param wanted those that the policies in force name, in lower case; no other is worked out
 */
export function describeContext(facts: Facts, wanted: ReadonlySet<string>): ContextMap {
  const values: [string, string | readonly string[]][] = [];
  for (const key of wanted) {
    const value = keys.get(key)?.(facts) ?? findTag(key, facts);
    if (value !== undefined) values.push([key, value]);
  }
  return Object.fromEntries(values);
}

const principalTypes: Readonly<Record<Caller['kind'], string>> = {
  user: 'User',
  role: 'AssumedRole',
  federated: 'FederatedUser',
  root: 'Account',
};

const keys: ReadonlyMap<string, (facts: Facts) => Value> = new Map(
  Object.entries<(facts: Facts) => Value>({
    // There only where it is true.
    'aws:assumedroot': ({ call: { caller } }) => (isAssumedRoot(caller, caller.session) ? 'true' : undefined),
    'aws:currenttime': ({ call }) => call.now.toISOString(),
    'aws:epochtime': ({ call }) => String(Math.floor(call.now.getTime() / 1_000)),
    // A long-term key says nothing of MFA, rather than that there was none.
    'aws:multifactorauthage': ({ call: { now, caller } }) =>
      caller.session?.mfa ? String(Math.floor((now.getTime() - caller.session.issuedAt.getTime()) / 1_000)) : undefined,
    'aws:multifactorauthpresent': ({ call: { caller } }) => caller.session && String(caller.session.mfa),
    'aws:principalaccount': ({ call }) => call.caller.accountId,
    // Of a role's session the role.
    'aws:principalarn': ({ call: { caller } }) => (caller.kind === 'role' ? caller.issuerArn : caller.arn),
    'aws:principalisawsservice': () => 'false',
    'aws:principalorgid': ({ call: { caller, directory } }) => directory.organizations.findOf(caller.accountId)?.Id,
    'aws:principaltype': ({ call }) => principalTypes[call.caller.kind],
    'aws:requestedregion': ({ call }) => call.region,
    'aws:resourceaccount': ({ call, resource }) =>
      resource.accountId ?? findAccount(resource.arn) ?? call.caller.accountId,
    // Nothing here is encrypted on its way.
    'aws:securetransport': () => 'false',
    'aws:sourceidentity': ({ call }) => call.caller.session?.SourceIdentity,
    'aws:sourceip': ({ request }) => request.sourceAddress || undefined,
    'aws:tagkeys': ({ call: { input } }) =>
      some([...readTags(input.Tags).map(({ Key }) => Key), ...readTexts(input.TagKeys)]),
    'aws:tokenissuetime': ({ call }) => call.caller.session?.issuedAt.toISOString(),
    'aws:useragent': ({ request }) => findHeader(request, 'user-agent'),
    'aws:userid': ({ call }) => call.caller.userId,
    'aws:username': ({ call: { caller } }) => (caller.kind === 'user' ? caller.userName : undefined),
    'aws:viaawsservice': () => 'false',
    'iam:passedtoservice': ({ resource }) => resource.passedTo,
    'iam:permissionsboundary': ({ call, resource }) => readText(call.input.PermissionsBoundary) ?? resource.boundaryArn,
    'iam:policyarn': ({ call }) => readText(call.input.PolicyArn),
    'iam:servicespecificcredentialagedays': ({ call }) => readNumber(call.input.CredentialAgeDays),
    'iam:servicespecificcredentialservicename': ({ call }) => readText(call.input.ServiceName),
    'sts:externalid': ({ call }) => readText(call.input.ExternalId),
    'sts:rolesessionname': ({ call }) => readText(call.input.RoleSessionName),
    'sts:sourceidentity': ({ call }) => readText(call.input.SourceIdentity) ?? call.caller.session?.SourceIdentity,
    'sts:taskpolicyarn': ({ call }) => readArn(call.input.TaskPolicyArn),
    'sts:transitivetagkeys': ({ call }) => some(readTexts(call.input.TransitiveTagKeys)),
  }),
);

/** Tags are keys of their own: `aws:PrincipalTag/team`. */
function findTag(key: string, facts: Facts): string | undefined {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  const tags = slash < 0 ? undefined : tagsBehind.get(key.slice(0, slash))?.(facts);
  return tags?.findLast(({ Key }) => Key.toLowerCase() === name)?.Value;
}

const tagsBehind: ReadonlyMap<string, (facts: Facts) => readonly Tag[]> = new Map(
  Object.entries({
    'aws:principaltag': listPrincipalTags,
    'aws:requesttag': ({ call }) => readTags(call.input.Tags),
    'aws:resourcetag': listResourceTags,
    'iam:resourcetag': listResourceTags,
  }),
);

/** The session's own tags go before those of the role or user behind it. */
function listPrincipalTags({ call: { caller, directory } }: Facts): readonly Tag[] {
  const id = caller.kind === 'role' || caller.kind === 'federated' ? caller.issuerId : caller.userId;
  return [...directory.tags.list(id), ...(caller.session?.tags ?? [])];
}

function listResourceTags({ call, resource }: Facts): readonly Tag[] {
  return resource.taggedId === undefined ? [] : call.directory.tags.list(resource.taggedId);
}

function some(values: readonly string[]): readonly string[] | undefined {
  return values.length === 0 ? undefined : values;
}

function readNumber(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : undefined;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readArn(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'arn' in value ? readText(value.arn) : undefined;
}

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
