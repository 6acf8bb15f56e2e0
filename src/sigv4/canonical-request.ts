/**
 * The canonical request and the string to sign: one text for all the ways to write the same request, and the text that
 * is signed.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { hash } from 'node:crypto';
import { encodeText } from './percent-encoding.ts';
import { parseQuery, writeCanonicalQuery } from './query.ts';
import type { SignableRequest } from './request.ts';
import { scopeTerminator } from './signing-key.ts';
import type { SigningScope } from './signing-key.ts';

export const algorithm = 'AWS4-HMAC-SHA256';

/** What a claim says of how its request was signed. */
export interface SigningTerms extends SigningScope {
  readonly form: 'header' | 'query';
  /** In lower case. */
  readonly signedHeaders: readonly string[];
  /** The time of signing, in the ISO 8601 basic format. */
  readonly timestamp: string;
}

/**
 * The canonical request, in Latin-1 like the headers in it. The body is always hashed: IAM and STS know no unsigned
 * payload, and `x-amz-content-sha256` is a header like any other to them.
 *
 * @throws SignatureRefusal MalformedQueryString for a broken percent escape in the query
 */
export function writeCanonicalRequest(request: SignableRequest, terms: SigningTerms): string {
  const headers = writeCanonicalHeaders(request, terms.signedHeaders);
  const query = writeQuery(request, terms);
  return `${request.method}\n${writeCanonicalPath(request.path)}\n${query}\n${headers}\n${terms.signedHeaders.join(';')}\n${hash('sha256', request.body)}`;
}

/** The text whose HMAC is the signature. */
export function writeStringToSign(canonicalRequest: string, terms: SigningTerms): string {
  const scope = `${terms.date}/${terms.region}/${terms.service}/${scopeTerminator}`;
  const digest = hash('sha256', Buffer.from(canonicalRequest, 'latin1'));
  return `${algorithm}\n${terms.timestamp}\n${scope}\n${digest}`;
}

function writeQuery(request: SignableRequest, terms: SigningTerms): string {
  if (request.query === '') return '';
  const parameters = parseQuery(request.query);
  // A presigned request carries the signature among the parameters that it signs.
  return writeCanonicalQuery(
    terms.form === 'query' ? parameters.filter(([name]) => name !== 'X-Amz-Signature') : parameters,
  );
}

/**
 * A path without empty and dot segments, encoded once more than it was sent, as every service but S3 wants it.
 *
 * @example
 * writeCanonicalPath('//a/./b%20c/../d/'); // '/a/d/'
 */
function writeCanonicalPath(path: string): string {
  if (path === '/') return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encodeText(segment));
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

/**
 * A line for each signed header the request has, in the order of the list. A name listed twice counts once, so that no
 * short list makes a long text.
 */
function writeCanonicalHeaders(request: SignableRequest, signedHeaders: readonly string[]): string {
  const values = new Map<string, string | undefined>();
  for (const name of signedHeaders) values.set(name, undefined);
  for (const [name, value] of request.headers) {
    const key = name.toLowerCase();
    if (!values.has(key)) continue;
    const before = values.get(key);
    values.set(key, before === undefined ? foldSpaces(value) : `${before},${foldSpaces(value)}`);
  }
  let lines = '';
  for (const [name, value] of values) if (value !== undefined) lines += `${name}:${value}\n`;
  return lines;
}

// White space is ASCII's alone: in Latin-1 a byte of a UTF-8 character can look like a no-break space.
const needsFolding = /^[ \t-\r]|[ \t-\r]$|[\t-\r]| {2}/;

function foldSpaces(value: string): string {
  if (!needsFolding.test(value)) return value;
  return value
    .split(/[ \t-\r]+/)
    .filter((word) => word !== '')
    .join(' ');
}
