/**
 * Makes the tables of src/endpoint/model/ out of botocore's service models: the operations the endpoint serves, and the
 * shapes and error codes they reach; and tools/known-operations.json. Facts only; no documentation text is taken. The same
 * botocore gives the same bytes.
 *
 * Usage: node tools/generate-service-model.ts [BOTOCORE_FOLDER]
 * Without a folder, the botocore that `python3` imports is read.
 */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { format } from 'prettier';

const served = {
  cloudtrail: { apiVersion: '2013-11-01', operations: ['LookupEvents'] },
  iam: {
    apiVersion: '2010-05-08',
    operations: [
      ...['CreateUser', 'DeleteUser', 'GetUser', 'ListUsers', 'UpdateUser', 'ListUserTags', 'TagUser', 'UntagUser'],
      ...['DeleteUserPermissionsBoundary', 'PutUserPermissionsBoundary'],
      ...['CreateAccessKey', 'DeleteAccessKey', 'GetAccessKeyLastUsed', 'ListAccessKeys', 'UpdateAccessKey'],
      ...['CreateGroup', 'DeleteGroup', 'GetGroup', 'ListGroups', 'UpdateGroup'],
      ...['AddUserToGroup', 'ListGroupsForUser', 'RemoveUserFromGroup'],
      ...['DeleteUserPolicy', 'GetUserPolicy', 'ListUserPolicies', 'PutUserPolicy'],
      ...['DeleteGroupPolicy', 'GetGroupPolicy', 'ListGroupPolicies', 'PutGroupPolicy'],
      ...['DeleteRolePolicy', 'GetRolePolicy', 'ListRolePolicies', 'PutRolePolicy'],
      ...['CreatePolicy', 'DeletePolicy', 'GetPolicy', 'ListPolicies', 'ListPolicyTags', 'TagPolicy', 'UntagPolicy'],
      ...['CreatePolicyVersion', 'DeletePolicyVersion', 'GetPolicyVersion', 'ListPolicyVersions'],
      'SetDefaultPolicyVersion',
      ...['AttachUserPolicy', 'DetachUserPolicy', 'ListAttachedUserPolicies'],
      ...['AttachGroupPolicy', 'DetachGroupPolicy', 'ListAttachedGroupPolicies'],
      ...['AttachRolePolicy', 'DetachRolePolicy', 'ListAttachedRolePolicies', 'ListEntitiesForPolicy'],
      ...['CreateRole', 'DeleteRole', 'GetRole', 'ListRoles', 'UpdateRole', 'UpdateRoleDescription'],
      ...['ListRoleTags', 'TagRole', 'UntagRole', 'UpdateAssumeRolePolicy'],
      ...['DeleteRolePermissionsBoundary', 'PutRolePermissionsBoundary'],
      ...['CreateInstanceProfile', 'DeleteInstanceProfile', 'GetInstanceProfile', 'ListInstanceProfiles'],
      ...['AddRoleToInstanceProfile', 'ListInstanceProfilesForRole', 'RemoveRoleFromInstanceProfile'],
      ...['ListInstanceProfileTags', 'TagInstanceProfile', 'UntagInstanceProfile'],
      ...['ChangePassword', 'CreateLoginProfile', 'DeleteLoginProfile', 'GetLoginProfile', 'UpdateLoginProfile'],
      ...['CreateServiceSpecificCredential', 'DeleteServiceSpecificCredential', 'ListServiceSpecificCredentials'],
      ...['ResetServiceSpecificCredential', 'UpdateServiceSpecificCredential'],
      ...[
        'CreateVirtualMFADevice',
        'DeleteVirtualMFADevice',
        'ListVirtualMFADevices',
        'GetMFADevice',
        'ListMFADevices',
      ],
      ...['DeactivateMFADevice', 'EnableMFADevice', 'ResyncMFADevice'],
      ...['ListMFADeviceTags', 'TagMFADevice', 'UntagMFADevice'],
      ...['DeleteSSHPublicKey', 'GetSSHPublicKey', 'ListSSHPublicKeys', 'UpdateSSHPublicKey', 'UploadSSHPublicKey'],
      ...[
        'DeleteSigningCertificate',
        'ListSigningCertificates',
        'UpdateSigningCertificate',
        'UploadSigningCertificate',
      ],
      ...['CreateAccountAlias', 'DeleteAccountAlias', 'ListAccountAliases'],
      ...['DeleteAccountPasswordPolicy', 'GetAccountPasswordPolicy', 'UpdateAccountPasswordPolicy'],
      ...['GenerateCredentialReport', 'GetCredentialReport', 'SimulateCustomPolicy', 'SimulatePrincipalPolicy'],
      ...['GetContextKeysForCustomPolicy', 'GetContextKeysForPrincipalPolicy'],
      'GetAccountAuthorizationDetails',
      'GetAccountSummary',
      'ListOrganizationsFeatures',
      ...['EnableOrganizationsRootCredentialsManagement', 'DisableOrganizationsRootCredentialsManagement'],
      ...['EnableOrganizationsRootSessions', 'DisableOrganizationsRootSessions'],
    ].sort(),
  },
  organizations: {
    apiVersion: '2016-11-28',
    operations: [
      ...['DescribeAccount', 'DescribeOrganization', 'DescribeOrganizationalUnit'],
      ...['ListAccounts', 'ListAccountsForParent', 'ListOrganizationalUnitsForParent', 'ListParents', 'ListRoots'],
    ],
  },
  sts: {
    apiVersion: '2011-06-15',
    operations: [
      ...['AssumeRole', 'AssumeRoot', 'GetFederationToken', 'GetSessionToken'],
      ...['GetAccessKeyInfo', 'GetCallerIdentity'],
    ].sort(),
  },
};

/** The parts of botocore's form that are read. */
interface ServiceDescription {
  metadata: { xmlNamespace?: string; targetPrefix?: string };
  operations: Record<string, { input?: Reference; output?: Reference; errors?: Reference[] }>;
  shapes: Record<string, ShapeDescription>;
}
interface Reference {
  shape: string;
}
interface ShapeDescription {
  type: string;
  members?: Record<string, Reference>;
  member?: Reference;
  key?: Reference;
  value?: Reference;
  required?: string[];
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
  sensitive?: boolean;
  error?: { code: string; httpStatusCode: number };
}

/** JSON services answer with the shape's name and, unless the shape says otherwise, with this status. */
const usualStatus = 400;

const botocore = process.argv[2] ?? findBotocore();
const known: Record<string, string[]> = {};
for (const [service, { apiVersion, operations }] of Object.entries(served)) {
  const description = readDescription(service, apiVersion);
  const model = {
    source: `botocore ${readVersion()}`,
    service,
    apiVersion,
    xmlns: description.metadata.xmlNamespace,
    targetPrefix: description.metadata.targetPrefix,
    operations: Object.fromEntries(operations.map((name) => [name, describeOperation(description, name)])),
    shapes: collectShapes(description, operations),
    faults: collectFaults(description, operations),
  };
  await writeModel(service, model);
  known[service] = Object.keys(description.operations).sort();
}
await writeKnown();

function findBotocore(): string {
  const file = execFileSync('python3', ['-c', 'import botocore; print(botocore.__file__)'], { encoding: 'utf8' });
  return dirname(file.trim());
}

function readVersion(): string {
  const version = /^__version__ = '([\d.]+)'/m.exec(readFileSync(join(botocore, '__init__.py'), 'utf8'))?.[1];
  if (version === undefined) throw new Error(`no version in ${botocore}`);
  return version;
}

function readDescription(service: string, apiVersion: string): ServiceDescription {
  const file = join(botocore, 'data', service, apiVersion, 'service-2.json.gz');
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as ServiceDescription;
}

function findOperation(description: ServiceDescription, name: string): ServiceDescription['operations'][string] {
  const operation = description.operations[name];
  if (operation === undefined) throw new Error(`botocore has no operation ${name}`);
  return operation;
}

function describeOperation(description: ServiceDescription, name: string): object {
  const { input, output } = findOperation(description, name);
  return { input: input?.shape, output: output?.shape };
}

/** Every shape that the operations' inputs and outputs reach, by name. */
function collectShapes(description: ServiceDescription, operations: readonly string[]): object {
  const found = new Map<string, object>();
  const visit = (reference: Reference | undefined) => {
    if (reference === undefined || found.has(reference.shape)) return;
    const shape = description.shapes[reference.shape];
    if (shape === undefined) throw new Error(`botocore has no shape ${reference.shape}`);
    found.set(reference.shape, describeShape(shape));
    for (const below of [...Object.values(shape.members ?? {}), shape.member, shape.key, shape.value]) visit(below);
  };
  for (const name of operations) {
    const { input, output } = findOperation(description, name);
    visit(input);
    visit(output);
  }
  return sortByKey(found);
}

function describeShape(shape: ShapeDescription): object {
  const { members, min, max } = shape;
  return {
    type: shape.type,
    members: members && Object.fromEntries(Object.entries(members).map(([name, { shape }]) => [name, shape])),
    required: shape.required,
    member: shape.member?.shape,
    key: shape.key?.shape,
    value: shape.value?.shape,
    min,
    max,
    pattern: shape.pattern,
    enum: shape.enum,
    sensitive: shape.sensitive,
  };
}

/** The HTTP status of every error the operations declare, by its code on the wire. */
function collectFaults(description: ServiceDescription, operations: readonly string[]): object {
  const found = new Map<string, number>();
  for (const name of operations) {
    for (const { shape } of findOperation(description, name).errors ?? []) {
      const error = description.shapes[shape]?.error;
      found.set(error?.code ?? shape, error?.httpStatusCode ?? usualStatus);
    }
  }
  return sortByKey(found);
}

/** Sorted by code unit, so that no machine's locale changes the order. */
function sortByKey(map: ReadonlyMap<string, unknown>): object {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The names of all operations that the services have, so that the table of actions can tell which are absent. */
async function writeKnown(): Promise<void> {
  const text = await format(JSON.stringify({ source: `botocore ${readVersion()}`, operations: known }), {
    parser: 'json',
  });
  writeFileSync(join(import.meta.dirname, 'known-operations.json'), text);
}

async function writeModel(service: string, model: { source: string }): Promise<void> {
  const file = join(import.meta.dirname, '..', 'src', 'endpoint', 'model', `${service}.generated.ts`);
  const text = `// Made by tools/generate-service-model.ts from ${model.source}; do not edit.
import type { ServiceModel } from '../../protocol/model.ts';

export const ${service} = ${JSON.stringify(model)} as const satisfies ServiceModel;
`;
  writeFileSync(file, await format(text, { parser: 'typescript', singleQuote: true, printWidth: 120 }));
}
