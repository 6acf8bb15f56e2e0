/** The documents that Keyturn prints for an organization: looking into its accounts, and keeping new keys out of them. */
import { describePolicyFor } from './permission-document.ts';
import type { DocumentStatement, PermissionScope, PrintedDocument, PrintedPolicy } from './permission-document.ts';

export interface OrganizationScope extends Omit<PermissionScope, 'UserName'> {
  /** The account from which the others are looked into. */
  readonly HubAccount: string;
  /** `o-…` */
  readonly OrganizationId: string;
  /** The role in each account. */
  readonly RoleName: string;
}

export interface OrganizationAuditor {
  /** For whoever audits, in the hub. */
  readonly HubPolicy: PrintedDocument;
  /** For the role in each account: what it may do, and who may assume it. */
  readonly RolePolicy: PrintedDocument;
  readonly RoleTrustPolicy: PrintedDocument;
  readonly notes: readonly string[];
}

/**
 * Looking into every account of an organization from one of them.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid
 */
export function describeOrganizationAuditor(scope: OrganizationScope): OrganizationAuditor {
  const { partition = 'aws', HubAccount, OrganizationId, RoleName } = scope;
  const { document, notes } = describePolicyFor('auditor', scope);
  return {
    HubPolicy: compose([
      { Sid: 'FindAccounts', Effect: 'Allow', Action: ['organizations:ListAccounts'], Resource: '*' },
      {
        Sid: 'LookIntoAccounts',
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: `arn:${partition}:iam::*:role/${RoleName}`,
      },
    ]),
    RolePolicy: document,
    RoleTrustPolicy: compose([
      {
        Sid: 'LetHubIn',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${HubAccount}:root` },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': OrganizationId } },
      },
    ]),
    notes: [
      'HubPolicy goes to whoever audits, in the management account or a delegated administrator of Organizations',
      `RolePolicy and RoleTrustPolicy make the role ${RoleName} of every account, as a stack set does it`,
      `RoleTrustPolicy lets in whom account ${HubAccount} lets assume the role, while it is in ${OrganizationId}`,
      ...notes,
    ],
  };
}

/**
 * A service control policy that keeps new long-lived keys out. It binds neither the management account nor keys that
 * exist; whom it leaves out can go on making them, as whoever rotates keys must.
 *
 * Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * @param exceptions ARNs or patterns of them
 */
export function describePrevention({
  partition = 'aws',
  exceptions,
}: {
  readonly partition?: string | undefined;
  readonly exceptions: readonly string[];
}): PrintedPolicy {
  const makers = ['iam:CreateAccessKey', 'iam:CreateServiceSpecificCredential'];
  return {
    document: compose([
      {
        Sid: 'NoNewKeys',
        Effect: 'Deny',
        Action: makers,
        Resource: '*',
        ...(exceptions.length > 0 && { Condition: { ArnNotLike: { 'aws:PrincipalArn': exceptions } } }),
      },
      {
        Sid: 'NoKeysOfRoot',
        Effect: 'Deny',
        Action: makers,
        Resource: '*',
        Condition: { ArnLike: { 'aws:PrincipalArn': [`arn:${partition}:iam::*:root`] } },
      },
    ]),
    notes: [
      'NoNewKeys keeps everyone from making access keys and service-specific credentials' +
        (exceptions.length > 0 ? ', but for the exceptions' : '; rotation too: name who rotates with --except'),
      'NoKeysOfRoot keeps root from making keys, whatever the exceptions are',
      'it does not bind the management account, and keys that exist go on working',
    ],
  };
}

function compose(Statement: readonly DocumentStatement[]): PrintedDocument {
  return { Version: '2012-10-17', Statement };
}
