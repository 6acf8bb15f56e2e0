import { timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Claim } from './claim.ts';
import type { SignableRequest } from './request.ts';
import { calculateSignature } from './signature.ts';

/**
 * Whether a request was signed as it claims, with the key that {@link deriveSigningKey} makes for the claim's scope.
 * The signatures are compared in constant time. It looks at nothing but the signature: see claim.ts for the rest.
 *
 * @throws SignatureRefusal MalformedQueryString for a broken percent escape, which reading the claim finds before
 */
export function verifySignature(request: SignableRequest, claim: Claim, signingKey: KeyObject): boolean {
  const calculated = Buffer.from(calculateSignature(request, claim, signingKey));
  const provided = Buffer.from(claim.signature);
  return calculated.length === provided.length && timingSafeEqual(calculated, provided);
}
