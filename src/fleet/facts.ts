/**
 * What is known of an account's keys at one time, each fact with its source and its age. src/fleet/collect/ gathers them,
 * rules judge them, stores keep them. Names are AWS's where the data is AWS's.
 */
import type { LastUsed } from '../iam/index.ts';

/** Where a fact was read. Facts of the credential report may be four hours old, all others are as old as `at` says. */
export type Source =
  | 'credential-report'
  | 'authorization-details'
  | 'list-access-keys'
  | 'get-access-key-last-used'
  | 'list-service-specific-credentials'
  | 'account-summary'
  | 'list-users';

/** Something that could not be found out: never taken for an absence. */
export interface Unknown {
  readonly Kind: 'unknown';
  readonly Reason: string;
}

export interface KeyFacts {
  /** Absent where the key is known from the credential report alone, which tells no ids. */
  readonly AccessKeyId?: string;
  readonly Status: 'Active' | 'Inactive' | (string & {});
  /** Of ListAccessKeys. */
  readonly CreateDate?: Date;
  /** Of the credential report: created, or last activated. */
  readonly LastRotated?: Date;
  readonly LastUsed: LastUsed;
  readonly lastUsedFrom: { readonly source: Source; readonly at: Date };
  /** Where this and earlier scans saw it used, the place first seen latest at the end; absent where no use was seen. */
  readonly uses?: readonly UseFacts[];
  /** When the id and the status were read. */
  readonly listedAt?: Date;
}

/** A Region and a service that a key was seen used in. AWS tells the last use alone, so there may have been others. */
export interface UseFacts {
  readonly Region: string;
  readonly ServiceName: string;
  /** The LastUsedDate with which it was first and last seen. */
  readonly first: Date;
  readonly last: Date;
}

export interface ServiceCredentialFacts {
  readonly ServiceSpecificCredentialId: string;
  readonly ServiceName: string;
  readonly Status: string;
  readonly CreateDate: Date;
  readonly ExpirationDate?: Date;
}

export interface AttachedPolicyFacts {
  readonly PolicyName: string;
  readonly PolicyArn: string;
  /** The group it comes from; absent where it is attached to the user. */
  readonly GroupName?: string;
}

/** One row of the credential report and what else is known of that user. Root is a user too: `isRoot`. */
export interface UserFacts {
  readonly Account: string;
  readonly UserName: string;
  readonly Arn: string;
  readonly isRoot: boolean;
  /** Of the authorization details. */
  readonly UserId?: string;
  readonly Path?: string;
  readonly CreateDate?: Date;
  readonly password: { readonly isEnabled: boolean | Unknown; readonly LastUsed?: Date; readonly LastChanged?: Date };
  readonly isMfaActive: boolean | Unknown;
  readonly AccessKeys: readonly KeyFacts[] | Unknown;
  readonly ServiceSpecificCredentials: readonly ServiceCredentialFacts[] | Unknown;
  readonly Tags: Readonly<Record<string, string>> | Unknown;
  readonly Groups: readonly string[] | Unknown;
  /** Attached to the user or to a group of it. */
  readonly AttachedPolicies: readonly AttachedPolicyFacts[] | Unknown;
  /** Names of the policies inside the user and its groups. */
  readonly InlinePolicies: readonly string[] | Unknown;
  /** When the row was true. */
  readonly at: Date;
}

/** What is said of an account once, before its users. */
export interface AccountFacts {
  readonly Account: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  readonly Name?: string;
  readonly Alias?: string;
  /** When the credential report in use was made; absent where there is none. */
  readonly reportGeneratedAt?: Date;
  readonly scannedAt: Date;
  /** What could not be read and what that leaves unknown, a sentence each. */
  readonly gaps: readonly string[];
}

/** What a scan cost: every request that was sent, and those of them that were answered Throttling. */
export interface ScanCost {
  readonly calls: Readonly<Record<string, number>>;
  readonly total: number;
  readonly throttled: number;
}
