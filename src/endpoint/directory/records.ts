/** What the directory keeps, as its callers see it: AWS casing for what AWS shows, camelCase for what is ours. */

import type { Secret } from '../../secret.ts';

/** A user of one account. */
export interface User {
  readonly accountId: string;
  readonly UserId: string;
  readonly UserName: string;
  readonly Path: string;
  readonly Arn: string;
  readonly CreateDate: Date;
  /** The ARN of the managed policy that bounds its permissions. */
  readonly boundaryArn: string | undefined;
}

/** A group of users of one account. */
export interface Group {
  readonly accountId: string;
  readonly GroupId: string;
  readonly GroupName: string;
  readonly Path: string;
  readonly Arn: string;
  readonly CreateDate: Date;
}

/** A role of one account. */
export interface Role {
  readonly accountId: string;
  readonly RoleId: string;
  readonly RoleName: string;
  readonly Path: string;
  readonly Arn: string;
  readonly CreateDate: Date;
  /** The document that says who may assume it. */
  readonly trustPolicy: string;
  readonly Description: string | undefined;
  /** Seconds. */
  readonly MaxSessionDuration: number;
  /** The ARN of the managed policy that bounds its permissions. */
  readonly boundaryArn: string | undefined;
  readonly lastUse: Omit<LastUse, 'ServiceName'> | undefined;
}

/** A managed policy of one account. */
export interface Policy {
  readonly accountId: string;
  readonly PolicyId: string;
  readonly PolicyName: string;
  readonly Path: string;
  readonly Arn: string;
  readonly Description: string | undefined;
  readonly CreateDate: Date;
  readonly UpdateDate: Date;
  /** The number of the version that is in force. */
  readonly defaultVersion: number;
}

export interface PolicyVersion {
  readonly version: number;
  readonly document: string;
  readonly CreateDate: Date;
}

/** A policy embedded in a user, a group or a role. */
export interface InlinePolicy {
  readonly PolicyName: string;
  readonly document: string;
}

/** The two statuses a caller can set; `Expired` is never stored. */
export type AccessKeyStatus = 'Active' | 'Inactive';

/** A long-term access key as it is listed, of a user or of an account's root user. */
export interface ListedAccessKey {
  /** The UserId of its user, or the account id for a key of the root user (as GetCallerIdentity gives it). */
  readonly ownerId: string;
  readonly AccessKeyId: string;
  readonly Status: AccessKeyStatus;
  readonly CreateDate: Date;
}

/** A long-term access key, whole. */
export interface AccessKey extends ListedAccessKey {
  readonly accountId: string;
  readonly SecretAccessKey: Secret;
}

/** The most recent recorded use of an access key. */
export interface LastUse {
  readonly LastUsedDate: Date;
  readonly Region: string;
  readonly ServiceName: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A slice of a sorted list: what comes after a key, at most `limit` of it. Ask for one more to know whether more follow. */
export interface Slice {
  /** The key of the last element already seen; absent for the first page. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A slice of what lies under a path; `/`, which is everything, when absent. */
export interface PathSlice extends Slice {
  readonly PathPrefix?: string | undefined;
}

/** Whom a temporary key stands for. */
export type SessionHolder =
  | { readonly kind: 'user'; readonly UserId: string }
  | { readonly kind: 'role'; readonly RoleId: string; readonly RoleSessionName: string }
  | {
      readonly kind: 'federated';
      /** Of the user who federated; absent when it was root. */
      readonly UserId: string | undefined;
      readonly Name: string;
    }
  | { readonly kind: 'root' };

export interface SessionTag extends Tag {
  /** Whether it goes along when the session assumes another role. */
  readonly transitive: boolean;
}

/** A policy that a session was given when it was made. */
export interface SessionPolicy {
  /** `session policy`, or the ARN of the managed policy it was. */
  readonly id: string;
  readonly document: string;
}

/** What a session was made with beside its holder. */
export interface SessionTerms {
  readonly issuedAt: Date;
  /** Whether its maker proved possession of an MFA device. */
  readonly mfa: boolean;
  /** Absent: the session may do what its holder may. */
  readonly policies: readonly SessionPolicy[] | undefined;
  readonly tags: readonly SessionTag[];
  readonly SourceIdentity: string | undefined;
}

/** A temporary key, valid with its token until it expires. */
export interface Session {
  readonly accountId: string;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
  /** What is kept of the session token: enough to know it again. */
  readonly tokenSha256: Uint8Array;
  readonly Expiration: Date;
  readonly holder: SessionHolder;
  readonly terms: SessionTerms;
}

/** A temporary key as it is handed out, this once, with its token. */
export interface SessionCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
  readonly SessionToken: Secret;
  readonly Expiration: Date;
}
