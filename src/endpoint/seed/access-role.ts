import type { FleetRole } from '../directory/fleet.ts';

/**
 * The role that Organizations leaves in each account it makes, for the administrators of the management account.
 *
 * Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
 */
export function composeAccessRole(managementAccountId: string, CreateDate: Date): FleetRole {
  const Statement = [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${managementAccountId}:root` },
      Action: 'sts:AssumeRole',
    },
  ];
  return {
    RoleName: 'OrganizationAccountAccessRole',
    Path: '/',
    CreateDate,
    tags: [],
    trustPolicy: JSON.stringify({ Version: '2012-10-17', Statement }),
    attachedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    inlinePolicies: [],
  };
}
