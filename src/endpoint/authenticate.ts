import { AwsFault } from '../protocol/fault.ts';
import type { Secret } from '../secret.ts';
import { requireHostSigned, requireScope, requireTimely } from '../sigv4/claim-requirements.ts';
import { readClaim, type Claim } from '../sigv4/claim.ts';
import { SignatureRefusal } from '../sigv4/refusal.ts';
import type { SignableRequest } from '../sigv4/request.ts';
import { verifySignature } from '../sigv4/verify.ts';
import type { Caller } from './caller.ts';
import type { Directory } from './directory/directory.ts';
import type { AccessKey, Session, SessionHolder } from './directory/records.ts';
import { isAssumedRoot, isTokenOf } from './directory/sessions.ts';
import { identify, type SigningKey } from './identify.ts';
import { findServiceName } from './service-name.ts';
import type { SigningKeys } from './signing-keys.ts';

const authenticated = Symbol('authenticated');

/** A request whose signature is right. Only {@link authenticate} makes one. */
export interface AuthenticatedRequest {
  readonly [authenticated]: true;
  readonly caller: Caller;
  readonly claim: Claim;
}

export interface AuthenticationContext {
  readonly directory: Directory;
  readonly signingKeys: SigningKeys;
  readonly now: Date;
  /** Told of the claim as soon as it can be read, whether or not it holds. */
  readonly onClaim: (claim: Claim) => void;
}

/**
 * Who sent a request. Everything about the signature is looked at in AWS's order: the form of the claim, the host, the
 * time, the scope, the key and its status, the session, and last the signature itself.
 *
 * Source: docs/endpoint.md, "The order of refusals"
 *
 * @throws SignatureRefusal or AwsFault, as AWS refuses
 */
export function authenticate(request: SignableRequest, context: AuthenticationContext): AuthenticatedRequest {
  const claim = readClaim(request);
  context.onClaim(claim);
  requireHostSigned(claim);
  requireTimely(claim, context.now);
  requireScope(claim, { service: findServiceName(request, claim) });
  const signer = findSigner(claim, context);
  const signingKey = context.signingKeys.find(signer.AccessKeyId, signer.SecretAccessKey, claim);
  if (!verifySignature(request, claim, signingKey)) throw refuseSignature();
  return { [authenticated]: true, claim, caller: identify(signer, context.directory) };
}

/** A key that may sign, and whom it stands for; to be believed once the signature is right. */
interface Signer extends SigningKey {
  readonly SecretAccessKey: Secret;
}

function findSigner(claim: Claim, { directory, now }: AuthenticationContext): Signer {
  const key = directory.accessKeys.find(claim.AccessKeyId);
  if (key !== undefined) {
    if (key.Status !== 'Active') throw refuseKey();
    if (claim.sessionToken !== undefined) throw refuseToken();
    return { ...key, holder: findHolder(key) };
  }
  const session = directory.sessions.find(claim.AccessKeyId);
  if (session === undefined || claim.sessionToken === undefined) throw refuseKey();
  if (!isTokenOf(session, claim.sessionToken)) throw refuseToken();
  if (session.Expiration <= now) throw refuseExpired();
  if (!mayCall(session, claim.service)) throw refuseToken();
  return session;
}

/**
 * IAM serves no federated users, and users and root with temporary keys only where these were made with MFA, or for a task.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
 */
function mayCall({ holder, terms }: Session, service: string): boolean {
  if (service !== 'iam' || holder.kind === 'role') return true;
  return holder.kind !== 'federated' && (terms.mfa || isAssumedRoot(holder, terms));
}

function findHolder({ ownerId, accountId }: AccessKey): SessionHolder {
  return ownerId === accountId ? { kind: 'root' } : { kind: 'user', UserId: ownerId };
}

function refuseKey(): AwsFault {
  return new AwsFault('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
}

/** AWS ends this one without a period. */
function refuseToken(): AwsFault {
  return new AwsFault('InvalidClientTokenId', 'The security token included in the request is invalid', 403);
}

function refuseExpired(): AwsFault {
  return new AwsFault('ExpiredToken', 'The security token included in the request is expired', 403);
}

function refuseSignature(): SignatureRefusal {
  const advice = 'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
  return new SignatureRefusal(
    'SignatureDoesNotMatch',
    `The request signature we calculated does not match the signature you provided. ${advice}`,
  );
}
