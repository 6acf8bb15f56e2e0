import { createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { writeCanonicalRequest, writeStringToSign } from './canonical-request.ts';
import type { SigningTerms } from './canonical-request.ts';
import type { SignableRequest } from './request.ts';

/** The signature of a request: the HMAC of its string to sign, 64 hexadecimal digits in lower case. */
export function calculateSignature(request: SignableRequest, terms: SigningTerms, signingKey: KeyObject): string {
  const stringToSign = writeStringToSign(writeCanonicalRequest(request, terms), terms);
  return createHmac('sha256', signingKey).update(stringToSign).digest('hex');
}
