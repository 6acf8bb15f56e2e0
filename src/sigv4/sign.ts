import { algorithm } from './canonical-request.ts';
import type { SigningTerms } from './canonical-request.ts';
import { encodeText } from './percent-encoding.ts';
import type { SignableRequest } from './request.ts';
import { calculateSignature } from './signature.ts';
import { deriveSigningKey, scopeTerminator } from './signing-key.ts';
import { formatTimestamp } from './timestamp.ts';

export interface SigningOptions {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly region: string;
  readonly service: string;
  /** The time of signing. */
  readonly date: Date;
}

/**
 * A request with a signature in its Authorization header, over all the headers it has and those added here:
 * `X-Amz-Date` and, for temporary credentials, `X-Amz-Security-Token`. A server wants `Host` among them.
 *
 * @example
 * signHeaders({ method: 'POST', path: '/', query: '', headers: [['Host', 'localhost']], body }, options).headers;
 */
export function signHeaders(request: SignableRequest, options: SigningOptions): SignableRequest {
  const headers = [...request.headers, ['X-Amz-Date', formatTimestamp(options.date)] as const];
  if (options.sessionToken !== undefined) headers.push(['X-Amz-Security-Token', options.sessionToken]);
  const terms = composeTerms('header', headers, options);
  const signature = calculateSignature(
    { ...request, headers },
    terms,
    deriveSigningKey(options.secretAccessKey, terms),
  );
  const fields = [
    `Credential=${writeCredential(terms, options)}`,
    `SignedHeaders=${terms.signedHeaders.join(';')}`,
    `Signature=${signature}`,
  ];
  return { ...request, headers: [...headers, ['Authorization', `${algorithm} ${fields.join(', ')}`]] };
}

/**
 * A request with a signature in its query string (presigned), over all the headers it has.
 *
 * @param options.expires seconds, for services that heed it: IAM and STS do not
 */
export function signQuery(
  request: SignableRequest,
  options: SigningOptions & { readonly expires: number },
): SignableRequest {
  const terms = composeTerms('query', request.headers, options);
  const parameters = [
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', writeCredential(terms, options)],
    ['X-Amz-Date', terms.timestamp],
    ['X-Amz-Expires', String(options.expires)],
    ['X-Amz-SignedHeaders', terms.signedHeaders.join(';')],
  ];
  if (options.sessionToken !== undefined) parameters.push(['X-Amz-Security-Token', options.sessionToken]);
  const added = parameters.map(([name = '', value = '']) => `${name}=${encodeText(value)}`).join('&');
  const query = request.query === '' ? added : `${request.query}&${added}`;
  const signature = calculateSignature({ ...request, query }, terms, deriveSigningKey(options.secretAccessKey, terms));
  return { ...request, query: `${query}&X-Amz-Signature=${signature}` };
}

function composeTerms(
  form: SigningTerms['form'],
  headers: SignableRequest['headers'],
  { date, region, service }: SigningOptions,
): SigningTerms {
  const timestamp = formatTimestamp(date);
  const signedHeaders = [...new Set(headers.map(([name]) => name.toLowerCase()))].sort();
  return { form, signedHeaders, timestamp, date: timestamp.slice(0, 8), region, service };
}

function writeCredential(terms: SigningTerms, options: SigningOptions): string {
  return [options.accessKeyId, terms.date, terms.region, terms.service, scopeTerminator].join('/');
}
