import { describe, expect, it } from 'vitest';
import { writeCanonicalRequest, writeStringToSign } from '../../../src/sigv4/canonical-request.ts';
import { readClaim } from '../../../src/sigv4/claim.ts';
import type { SignableRequest } from '../../../src/sigv4/request.ts';
import { signHeaders, signQuery } from '../../../src/sigv4/sign.ts';
import { deriveSigningKey } from '../../../src/sigv4/signing-key.ts';
import { verifySignature } from '../../../src/sigv4/verify.ts';
import { loadSignatureVectors, readSignedRequest } from '../../vectors/sigv4-vectors.ts';
import type { SignatureVector } from '../../vectors/sigv4-vectors.ts';

const vectors = loadSignatureVectors();

/** The request a vector was signed as: a token that was added to the query afterwards is taken out again. */
function readRequestAsSigned(vector: SignatureVector): SignableRequest {
  const request = readSignedRequest(vector);
  return vector.omitToken ? { ...request, query: request.query.replace(/&X-Amz-Security-Token=[^&]*/, '') } : request;
}

/** What there was before signing: without whatever the signer adds. */
function readUnsignedRequest(vector: SignatureVector): SignableRequest {
  const request = readSignedRequest(vector);
  const query = request.query.split('&').filter((part) => !part.startsWith('X-Amz-'));
  const headers = request.headers.filter(
    ([name]) => !['authorization', 'x-amz-date', 'x-amz-security-token'].includes(name.toLowerCase()),
  );
  return { ...request, query: query.join('&'), headers };
}

describe('the signing test suite of aws-c-auth', () => {
  it('is here in full, in both forms', () => {
    expect(vectors.filter(({ form }) => form === 'header')).toHaveLength(31);
    expect(vectors.filter(({ form }) => form === 'query')).toHaveLength(31);
  });

  it.each(vectors)('$id: canonical request, string to sign, signature', (vector) => {
    const request = readRequestAsSigned(vector);
    const claim = readClaim(request);
    const canonicalRequest = writeCanonicalRequest(request, claim);
    expect(canonicalRequest).toBe(vector.canonicalRequest);
    expect(writeStringToSign(canonicalRequest, claim)).toBe(vector.stringToSign);
    expect(claim.signature).toBe(vector.signature);
    expect(verifySignature(request, claim, deriveSigningKey(vector.secretAccessKey, claim))).toBe(true);
  });

  it.each(vectors)('$id: signed by us', (vector) => {
    const options = {
      ...vector,
      sessionToken: vector.omitToken ? undefined : (vector.sessionToken ?? undefined),
      date: new Date(vector.timestamp),
    };
    const unsigned = readUnsignedRequest(vector);
    const signed = vector.form === 'header' ? signHeaders(unsigned, options) : signQuery(unsigned, options);
    expect(readClaim(signed).signature).toBe(vector.signature);
  });

  it('refuses a query token that was added after signing: in a query everything is signed', () => {
    const vector = vectors.find(({ omitToken, form }) => omitToken && form === 'query');
    if (vector === undefined) throw new Error('no such vector');
    const request = readSignedRequest(vector);
    const claim = readClaim(request);
    expect(claim.sessionToken).toBe(vector.sessionToken);
    expect(verifySignature(request, claim, deriveSigningKey(vector.secretAccessKey, claim))).toBe(false);
  });
});
