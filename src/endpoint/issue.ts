/** Credentials that no action of the endpoint hands out, for rehearsing callers who have them. */

import { KeyturnError } from '../errors.ts';
import { administratorAccess } from './directory/directory.ts';
import type { Role, SessionCredentials, SessionHolder } from './directory/records.ts';
import type { Engine } from './engine.ts';
import type { KeyPair } from './options.ts';
import { quotas } from './actions/quotas.ts';

/** Whom a session is for, and for how long. */
export type SessionRequest = {
  /** Seconds; 3,600 when absent. */
  readonly durationSeconds?: number;
  /** The first account when absent. */
  readonly accountId?: string;
} & (
  | {
      readonly kind: 'user';
      /** `admin` when absent. */
      readonly UserName?: string;
    }
  | {
      readonly kind: 'role';
      /** A role that is not there is made, for the account's own principals to assume. */
      readonly RoleName: string;
      readonly RoleSessionName: string;
      /** Whether AdministratorAccess is attached to the role; false when absent. */
      readonly administrator?: boolean;
    }
  | { readonly kind: 'root' }
);

/**
 * A temporary credential: of a user as after a login with MFA, of a role that somebody has assumed, or of root.
 *
 * @throws KeyturnError ERR_USAGE when there is no such account or user
 */
export function issueSession(engine: Engine, request: SessionRequest): SessionCredentials {
  const { durationSeconds = 3_600, accountId = engine.accountId } = request;
  const Expiration = new Date(engine.now().getTime() + durationSeconds * 1_000);
  const { directory } = engine;
  requireAccount(engine, accountId);
  const terms = {
    issuedAt: engine.now(),
    mfa: request.kind !== 'role',
    policies: undefined,
    tags: [],
    SourceIdentity: undefined,
  };
  return directory.sessions.create({ accountId, holder: findHolder(engine, accountId, request), Expiration, terms });
}

function requireAccount({ directory }: Engine, accountId: string): void {
  if (directory.accounts.find(accountId) !== undefined) return;
  throw new KeyturnError('ERR_USAGE', `there is no account ${accountId}`);
}

/**
 * A long-term key of an account's root user.
 *
 * @throws KeyturnError ERR_QUOTA when it has as many as it may have, ERR_USAGE when there is no such account
 */
export function issueRootKey(engine: Engine, accountId = engine.accountId): KeyPair {
  const { directory, clock } = engine;
  requireAccount(engine, accountId);
  const quota = quotas.AccessKeysPerUserQuota;
  const key = directory.accessKeys.create({ accountId, ownerId: accountId, CreateDate: clock.now(), quota });
  if (key === undefined) throw new KeyturnError('ERR_QUOTA', `the root user has ${quota} access keys already`);
  return { AccessKeyId: key.AccessKeyId, SecretAccessKey: key.SecretAccessKey };
}

function findHolder(engine: Engine, accountId: string, request: SessionRequest): SessionHolder {
  if (request.kind === 'root') return { kind: 'root' };
  const { directory } = engine;
  if (request.kind === 'role') {
    const { RoleName, RoleSessionName, administrator = false } = request;
    const { RoleId } = directory.roles.find(accountId, RoleName) ?? createRole(engine, accountId, RoleName);
    if (administrator) directory.attachedPolicies.attach(accountId, RoleId, administratorAccess);
    return { kind: 'role', RoleId, RoleSessionName };
  }
  const { UserName = 'admin' } = request;
  const user = directory.users.find(accountId, UserName);
  if (user === undefined) throw new KeyturnError('ERR_USAGE', `there is no user ${UserName}`);
  return { kind: 'user', UserId: user.UserId };
}

function createRole({ directory, clock }: Engine, accountId: string, RoleName: string): Role {
  const principal = { AWS: `arn:aws:iam::${accountId}:root` };
  const statement = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' };
  return directory.roles.create({
    accountId,
    RoleName,
    Path: '/',
    CreateDate: clock.now(),
    trustPolicy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    Description: undefined,
    MaxSessionDuration: 3_600,
    boundaryArn: undefined,
  });
}
