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
  /** Whether it may do everything, as AdministratorAccess allows. */
  readonly administrator: boolean;
}

/** The two statuses a caller can set; `Expired` is never stored. */
export type AccessKeyStatus = 'Active' | 'Inactive';

/** A long-term access key, of a user or of an account's root user. */
export interface AccessKey {
  readonly accountId: string;
  /** The UserId of its user, or the account id for a key of the root user (as GetCallerIdentity gives it). */
  readonly ownerId: string;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
  readonly Status: AccessKeyStatus;
  readonly CreateDate: Date;
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

/** Whom a temporary key stands for. */
export type SessionHolder =
  | { readonly kind: 'user'; readonly UserId: string }
  | {
      readonly kind: 'role';
      /** `arn:aws:sts::A:assumed-role/ROLE/SESSION` */
      readonly Arn: string;
      /** `AROA…:SESSION` */
      readonly AssumedRoleId: string;
      readonly administrator: boolean;
    }
  | { readonly kind: 'root' };

/** A temporary key, valid with its token until it expires. */
export interface Session {
  readonly accountId: string;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
  /** What is kept of the session token: enough to know it again. */
  readonly tokenSha256: Uint8Array;
  readonly Expiration: Date;
  readonly holder: SessionHolder;
}

/** A temporary key as it is handed out, this once, with its token. */
export interface SessionCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
  readonly SessionToken: Secret;
  readonly Expiration: Date;
}
