/** Accounts and what is in them, as they are written into a directory many at a time. */

import type { LastUse, Tag } from './records.ts';

export interface Fleet {
  readonly organization?: FleetOrganization | undefined;
  /** Read once and one at a time, so that a fleet need not fit into memory. */
  readonly accounts: Iterable<FleetAccount>;
}

export interface FleetOrganization {
  readonly Id: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  /** Each after the one it is under. */
  readonly units: readonly { readonly Id: string; readonly parentId: string; readonly Name: string }[];
  readonly controlPolicies: readonly {
    readonly targetId: string;
    readonly PolicyName: string;
    readonly document: string;
  }[];
}

export interface FleetAccount {
  readonly accountId: string;
  readonly CreateDate: Date;
  readonly alias?: string | undefined;
  /** Where it stands in the organization; absent for an account in none. */
  readonly member?: FleetMember | undefined;
  readonly rootKeys: readonly FleetKey[];
  readonly roles: readonly FleetRole[];
  readonly users: Iterable<FleetUser>;
}

export interface FleetMember {
  readonly parentId: string;
  readonly Name: string;
  readonly Email: string;
  readonly State: 'ACTIVE' | 'SUSPENDED';
  readonly JoinedMethod: 'INVITED' | 'CREATED';
}

/** What a user and a role both have. */
interface FleetPrincipal {
  readonly Path: string;
  readonly CreateDate: Date;
  readonly tags: readonly Tag[];
  /** The ARNs of managed policies. */
  readonly attachedPolicies: readonly string[];
  readonly inlinePolicies: readonly { readonly PolicyName: string; readonly document: string }[];
}

export interface FleetUser extends FleetPrincipal {
  readonly UserName: string;
  /** That it has a password. Nobody knows which. */
  readonly password?: { readonly CreateDate: Date; readonly changedAt: Date } | undefined;
  readonly accessKeys: readonly FleetKey[];
}

export interface FleetRole extends FleetPrincipal {
  readonly RoleName: string;
  readonly trustPolicy: string;
}

export interface FleetKey {
  /** Drawn when absent, as is the secret. */
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly Status: 'Active' | 'Inactive';
  readonly CreateDate: Date;
  readonly lastUse?: LastUse | undefined;
}
