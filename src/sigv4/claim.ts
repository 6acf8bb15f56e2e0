/**
 * What a request says about its own signature, in the Authorization header or in its query string (presigned).
 * Nothing of it is proven before verifySignature has said so; what has to hold first stands in claim-requirements.ts.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
import { algorithm } from './canonical-request.ts';
import type { SigningTerms } from './canonical-request.ts';
import { findParameter, parseQuery } from './query.ts';
import type { QueryParameters } from './query.ts';
import { SignatureRefusal } from './refusal.ts';
import { findHeader } from './request.ts';
import type { SignableRequest } from './request.ts';
import { readHttpDate } from './timestamp.ts';

export interface Claim extends SigningTerms {
  /** As sent. Whether it has the five parts below is for requireScope to say; until then any of them may be empty. */
  readonly credential: string;
  readonly AccessKeyId: string;
  readonly terminator: string;
  readonly signature: string;
  /** From a signed header or a query parameter; a header that is not signed does not count. */
  readonly sessionToken: string | undefined;
}

/**
 * The claim of a request.
 *
 * @throws SignatureRefusal MalformedQueryString for a broken escape, SignatureDoesNotMatch for two claims,
 * MissingAuthenticationToken for none, IncompleteSignature for another algorithm or a claim with parts missing
 * @example
 * const claim = readClaim(request);
 * requireHostSigned(claim);
 * requireTimely(claim, now);
 * requireScope(claim, { service: 'iam' });
 * verifySignature(request, claim, signingKeyOf(claim));
 */
export function readClaim(request: SignableRequest): Claim {
  const parameters = parseQuery(request.query);
  const authorization = findHeader(request, 'authorization');
  const queryAlgorithm = findParameter(parameters, 'X-Amz-Algorithm');
  if (authorization !== undefined && queryAlgorithm !== undefined) {
    throw new SignatureRefusal(
      'SignatureDoesNotMatch',
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    );
  }
  if (authorization !== undefined) return readHeaderClaim(request, authorization);
  if (queryAlgorithm !== undefined) return readQueryClaim(parameters, queryAlgorithm);
  throw new SignatureRefusal('MissingAuthenticationToken', 'Request is missing Authentication Token');
}

function readHeaderClaim(request: SignableRequest, authorization: string): Claim {
  const [scheme = '', ...pairs] = authorization.split(/[\s,]+/);
  requireAlgorithm(scheme);
  const fields = readPairs(pairs, authorization);
  const timestamp = findHeader(request, 'x-amz-date') ?? readHttpDate(findHeader(request, 'date'));
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !fields.has(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (timestamp === undefined) {
    missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  // The header's other words stay out of the answer: they may hold a signature.
  refuseMissing(missing, `Authorization=${scheme}`);
  return composeClaim({
    form: 'header',
    credential: fields.get('Credential'),
    signature: fields.get('Signature'),
    signedHeaders: fields.get('SignedHeaders'),
    timestamp,
    sessionToken: findHeader(request, 'x-amz-security-token'),
  });
}

/** The pairs after the algorithm; of pairs with the same key the last one counts. */
function readPairs(pairs: readonly string[], authorization: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const pair of pairs) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    if (equals < 0) {
      const problem = 'not a valid key=value pair (missing equal-sign) in Authorization header';
      throw new SignatureRefusal('IncompleteSignature', `'${pair}' ${problem}: '${authorization}'`);
    }
    fields.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  return fields;
}

function readQueryClaim(parameters: QueryParameters, queryAlgorithm: string): Claim {
  requireAlgorithm(queryAlgorithm);
  const credential = findParameter(parameters, 'X-Amz-Credential');
  const signature = findParameter(parameters, 'X-Amz-Signature');
  const signedHeaders = findParameter(parameters, 'X-Amz-SignedHeaders');
  const timestamp = findParameter(parameters, 'X-Amz-Date');
  const missing = Object.entries({
    'X-Amz-Credential': credential,
    'X-Amz-Signature': signature,
    'X-Amz-SignedHeaders': signedHeaders,
    'X-Amz-Date': timestamp,
  })
    .filter(([, value]) => value === undefined)
    .map(([name]) => `AWS query-string parameters must include '${name}'.`);
  refuseMissing(missing, 'Re-examine the query-string parameters.');
  const sessionToken = findParameter(parameters, 'X-Amz-Security-Token');
  return composeClaim({ form: 'query', credential, signature, signedHeaders, timestamp, sessionToken });
}

function requireAlgorithm(claimed: string): void {
  if (claimed !== algorithm) {
    throw new SignatureRefusal('IncompleteSignature', `Unsupported AWS 'algorithm': '${claimed}'.`);
  }
}

function refuseMissing(missing: readonly string[], ending: string): void {
  if (missing.length > 0) throw new SignatureRefusal('IncompleteSignature', [...missing, ending].join(' '));
}

interface SentClaim extends Pick<Claim, 'form' | 'sessionToken'> {
  readonly credential: string | undefined;
  readonly signature: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly timestamp: string | undefined;
}

function composeClaim(sent: SentClaim): Claim {
  const { form, credential = '', signature = '', timestamp = '' } = sent;
  const [AccessKeyId = '', date = '', region = '', service = '', terminator = ''] = credential.split('/');
  const signedHeaders = (sent.signedHeaders ?? '').toLowerCase().split(';');
  const isTokenSigned = form === 'query' || signedHeaders.includes('x-amz-security-token');
  const sessionToken = isTokenSigned ? sent.sessionToken : undefined;
  const scope = { date, region, service, terminator };
  return { form, credential, AccessKeyId, ...scope, signedHeaders, signature, timestamp, sessionToken };
}
