import type { SessionTerms } from './directory/records.ts';

/** What is known of every caller once the signature has been checked. */
interface VerifiedCaller {
  /** The 12 digits of the account that the caller belongs to. */
  readonly accountId: string;
  /** As GetCallerIdentity says it: the user, the assumed-role session, the federated user, or `arn:aws:iam::A:root`. */
  readonly arn: string;
  /** As GetCallerIdentity says it: `AIDA…` of a user, `AROA…:session` of a role, the account id of root. */
  readonly userId: string;
  /** The access key that signed the request. */
  readonly accessKeyId: string;
  /** Whether that key is temporary (`ASIA…`, sent with a session token). */
  readonly temporary: boolean;
  /** Of a temporary key: what its session was made with. */
  readonly session?: SessionTerms | undefined;
}

export interface UserCaller extends VerifiedCaller {
  readonly kind: 'user';
  /** As stored: AWS finds names without regard to case but shows them as they were made. */
  readonly userName: string;
}

/** Whom a session of a role or of a federated user came from. */
interface IssuedCaller extends VerifiedCaller {
  /** The unique id of the role, or of the user who federated (of the account for root). */
  readonly issuerId: string;
  readonly issuerArn: string;
}

export interface RoleCaller extends IssuedCaller {
  readonly kind: 'role';
}

export interface FederatedCaller extends IssuedCaller {
  readonly kind: 'federated';
}

export interface RootCaller extends VerifiedCaller {
  readonly kind: 'root';
}

/** Who signed a request. */
export type Caller = UserCaller | RoleCaller | FederatedCaller | RootCaller;
