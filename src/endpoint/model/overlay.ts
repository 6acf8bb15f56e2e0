/**
 * The service models as the endpoint uses them: the generated tables, and by hand what AWS is known to do where they
 * say less or something else (docs/endpoint.md, "Parameters").
 */

import type { ServiceModel } from '../../protocol/model.ts';
import { cloudtrail as cloudtrailTable } from './cloudtrail.generated.ts';
import { iam as iamTable } from './iam.generated.ts';
import { organizations as organizationsTable } from './organizations.generated.ts';
import { sts as stsTable } from './sts.generated.ts';

const { shapes } = iamTable;

/** The same members, those named first: elements are written in the order of the members. */
function inOrder<T extends object>(members: T, first: readonly (keyof T)[]): T {
  const named = Object.fromEntries(first.map((name) => [name, members[name]]));
  return { ...named, ...members };
}

/** An empty name is left to the constraint on its length. */
const nameForm = {
  pattern: '[\\w+=,.@-]*',
  must: 'It must contain only alphanumeric characters and/or the following: +=,.@_-',
} as const;

/** AWS Identity and Access Management. */
export const iam = {
  ...iamTable,
  shapes: {
    ...shapes,
    userNameType: { type: 'string', min: 1, max: 64, ownWords: nameForm },
    existingUserNameType: { type: 'string', min: 1, max: 128, ownWords: nameForm },
    accessKeyIdType: {
      type: 'string',
      min: 16,
      max: 128,
      ownWords: { pattern: '\\w*', must: 'It must contain only alphanumeric characters.' },
    },
    // The table's pattern would take `//`, which AWS refuses, for a path.
    pathType: {
      type: 'string',
      min: 1,
      max: 512,
      ownWords: {
        pattern: '\\/|\\/[!-~]+\\/',
        must: 'It must begin and end with / and contain only alphanumeric characters and/or / characters.',
      },
    },
    pathPrefixType: {
      type: 'string',
      min: 1,
      max: 512,
      ownWords: {
        pattern: '\\/[!-\\x7F]*',
        must: 'It must begin with the / character and contain only alphanumeric characters and/or / characters.',
      },
    },
    // What AWS answers with, whatever the table says.
    PermissionsBoundaryAttachmentType: { type: 'string', enum: ['Policy'] },
    roleNameType: { type: 'string', min: 1, max: 64, ownWords: nameForm },
    groupNameType: { type: 'string', min: 1, max: 128, ownWords: nameForm },
    instanceProfileNameType: { type: 'string', min: 1, max: 128, ownWords: nameForm },
    policyNameType: { type: 'string', min: 1, max: 128, ownWords: nameForm },
    Group: { ...shapes.Group, required: ['Path', 'GroupName', 'GroupId', 'Arn', 'CreateDate'] },
    Tag: { ...shapes.Tag, checkOrder: ['Value', 'Key'] },
    // The root user has neither name nor path.
    User: {
      ...shapes.User,
      members: inOrder(shapes.User.members, ['Path', 'PasswordLastUsed', 'UserName', 'Arn', 'UserId', 'CreateDate']),
      required: ['UserId', 'Arn', 'CreateDate'],
    },
    Role: {
      ...shapes.Role,
      members: inOrder(shapes.Role.members, [
        'Path',
        'AssumeRolePolicyDocument',
        'RoleId',
        'RoleName',
        'Arn',
        'CreateDate',
      ]),
    },
    LoginProfile: { ...shapes.LoginProfile, required: ['CreateDate'] },
    MFADevice: { ...shapes.MFADevice, required: ['SerialNumber', 'EnableDate'] },
    AccessKey: { ...shapes.AccessKey, required: ['AccessKeyId', 'Status', 'SecretAccessKey', 'CreateDate'] },
    // The root user's have no name.
    SigningCertificate: {
      ...shapes.SigningCertificate,
      required: ['CertificateId', 'CertificateBody', 'Status'],
    },
    // Said in every page, the last one too.
    ListUsersResponse: { ...shapes.ListUsersResponse, required: ['Users', 'IsTruncated'] },
    ListAccessKeysResponse: {
      ...shapes.ListAccessKeysResponse,
      members: inOrder(shapes.ListAccessKeysResponse.members, ['IsTruncated', 'AccessKeyMetadata']),
      required: ['AccessKeyMetadata', 'IsTruncated'],
    },
    ListUserTagsResponse: { ...shapes.ListUserTagsResponse, required: ['Tags', 'IsTruncated'] },
    // AWS does not say which values there are, as it does of other enumerations.
    statusType: { ...shapes.statusType, unlisted: true },
    GetAccountAuthorizationDetailsResponse: {
      ...shapes.GetAccountAuthorizationDetailsResponse,
      members: inOrder(shapes.GetAccountAuthorizationDetailsResponse.members, [
        'Policies',
        'UserDetailList',
        'RoleDetailList',
        'GroupDetailList',
      ]),
    },
    policyDocumentType: {
      ...shapes.policyDocumentType,
      pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]+',
    },
    SimulationPolicyListType: { ...shapes.SimulationPolicyListType, silentOnNull: true },
    // Newer than the table.
    SimulatePrincipalPolicyRequest: {
      ...shapes.SimulatePrincipalPolicyRequest,
      members: { ...shapes.SimulatePrincipalPolicyRequest.members, PolicyExclusionList: 'policyExclusionListType' },
    },
    policyExclusionListType: { type: 'list', member: 'PolicyIdentifier', max: 256 },
    PolicyIdentifier: {
      type: 'structure',
      members: {
        PolicyType: 'excludedPolicyType',
        PolicyArn: 'arnType',
        InlinePolicyIdentifier: 'InlinePolicyIdentifierType',
      },
    },
    excludedPolicyType: {
      type: 'string',
      enum: ['inline', 'aws-managed', 'user-managed', 'permission-boundary', 'scp', 'rcp'],
    },
    InlinePolicyIdentifierType: {
      type: 'structure',
      members: { PolicyName: 'policyNameType', AttachmentType: 'attachmentType', AttachmentName: 'policyNameType' },
      required: ['PolicyName', 'AttachmentType', 'AttachmentName'],
    },
    attachmentType: { type: 'string', enum: ['user', 'group', 'role'] },
    // AWS says `IAM Policy` and the like, which are not in the table.
    PolicySourceType: { type: 'string' },
    ReportContentType: { type: 'blob', inParts: true },
    // A longer one would not fit into a serial number of 256 characters.
    virtualMFADeviceName: { ...shapes.virtualMFADeviceName, max: 226 },
    UpdateAccountPasswordPolicyRequest: {
      ...shapes.UpdateAccountPasswordPolicyRequest,
      checkOrder: ['MinimumPasswordLength', 'PasswordReusePrevention', 'MaxPasswordAge'],
    },
  },
} as const satisfies ServiceModel;

const { shapes: stsShapes } = stsTable;

/** Newer than the table. */
const sizeAsked = { MinimumSessionTokenSize: 'minimumSessionTokenSizeType' } as const;
const sizeSaid = {
  SessionTokenUtilization: 'nonNegativeIntegerType',
  SessionTokenSize: 'nonNegativeIntegerType',
} as const;

/** AWS Security Token Service. */
export const sts = {
  ...stsTable,
  echoesValues: true,
  shapes: {
    ...stsShapes,
    minimumSessionTokenSizeType: { type: 'integer', min: 0, max: 4096 },
    // Said in words alone: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    policyDescriptorListType: { ...stsShapes.policyDescriptorListType, max: 10 },
    AssumeRoleRequest: {
      ...stsShapes.AssumeRoleRequest,
      members: { ...stsShapes.AssumeRoleRequest.members, ...sizeAsked },
    },
    AssumeRootRequest: {
      ...stsShapes.AssumeRootRequest,
      members: { ...stsShapes.AssumeRootRequest.members, ...sizeAsked },
    },
    AssumeRootResponse: {
      ...stsShapes.AssumeRootResponse,
      members: { ...stsShapes.AssumeRootResponse.members, ...sizeSaid },
    },
    GetSessionTokenRequest: {
      ...stsShapes.GetSessionTokenRequest,
      members: { ...stsShapes.GetSessionTokenRequest.members, ...sizeAsked },
    },
    GetFederationTokenRequest: {
      ...stsShapes.GetFederationTokenRequest,
      members: { ...stsShapes.GetFederationTokenRequest.members, ...sizeAsked },
    },
    AssumeRoleResponse: {
      ...stsShapes.AssumeRoleResponse,
      members: {
        ...inOrder(stsShapes.AssumeRoleResponse.members, ['AssumedRoleUser', 'Credentials', 'SourceIdentity']),
        ...sizeSaid,
      },
    },
    GetSessionTokenResponse: {
      ...stsShapes.GetSessionTokenResponse,
      members: { ...stsShapes.GetSessionTokenResponse.members, ...sizeSaid },
    },
    GetFederationTokenResponse: {
      ...stsShapes.GetFederationTokenResponse,
      members: { ...stsShapes.GetFederationTokenResponse.members, ...sizeSaid },
    },
    GetCallerIdentityResponse: {
      ...stsShapes.GetCallerIdentityResponse,
      members: inOrder(stsShapes.GetCallerIdentityResponse.members, ['Arn', 'UserId', 'Account']),
    },
    tokenType: { type: 'string', sensitive: true },
  },
} as const satisfies ServiceModel;

/**
 * AWS Organizations. It says neither which constraint was not satisfied nor which permission is missing. Names and
 * addresses of accounts are nothing to hide here: they are made up.
 */
export const organizations = {
  ...organizationsTable,
  ownFaults: {
    AccessDenied: { code: 'AccessDeniedException', message: "You don't have permissions to access this resource." },
    Throttling: { code: 'TooManyRequestsException', message: 'Rate exceeded' },
    ValidationError: { code: 'InvalidInputException', message: 'You specified an invalid value.' },
  },
  shapes: {
    ...organizationsTable.shapes,
    AccountName: { type: 'string' },
    Email: { type: 'string' },
  },
} as const satisfies ServiceModel;

/** AWS CloudTrail. */
export const cloudtrail = { ...cloudtrailTable, echoesValues: true } as const satisfies ServiceModel;
