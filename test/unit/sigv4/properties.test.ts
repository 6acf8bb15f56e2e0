import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignableRequest } from '../../../src/sigv4/request.ts';
import { signHeaders, signQuery } from '../../../src/sigv4/sign.ts';
import { judgeRequest, signingOptions } from './requests.ts';

type Headers = [name: string, value: string][];

const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.toWellFormed());
const byteText = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) });
const encoded = text.map(encodeURIComponent);
const path = fc.array(fc.oneof(encoded, fc.constantFrom('.', '..', ''))).map((segments) => `/${segments.join('/')}`);
const query = fc.array(fc.tuple(encoded, encoded)).map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
const headerName = fc.constantFrom('X-One', 'x-two', 'X-THREE', 'Content-Type');
const headers = fc.array(fc.tuple(headerName, byteText)).map((others): Headers => [['Host', 'localhost'], ...others]);
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path,
  query,
  headers,
  body: fc.uint8Array({ maxLength: 64 }),
});
const sessionToken = fc.option(fc.base64String({ minLength: 4 }), { nil: undefined });

const forms = {
  header: signHeaders,
  query: (unsigned: SignableRequest, options: Parameters<typeof signHeaders>[1]) =>
    signQuery(unsigned, { ...options, expires: 60 }),
};
const signed = fc
  .tuple(request, sessionToken, fc.constantFrom<keyof typeof forms>('header', 'query'))
  .map(([unsigned, token, form]) => forms[form](unsigned, { ...signingOptions, sessionToken: token }));

/** A request with one header changed; the first of that name. */
function changeHeader(from: SignableRequest, wanted: string, change: (value: string) => string): SignableRequest {
  const index = from.headers.findIndex(([name]) => name.toLowerCase() === wanted.toLowerCase());
  return { ...from, headers: from.headers.map(([name, value], at) => [name, at === index ? change(value) : value]) };
}

/** A request with its claim, in whichever place it stands, changed. */
function changeClaim(from: SignableRequest, change: (value: string) => string): SignableRequest {
  return { ...changeHeader(from, 'authorization', change), query: change(from.query) };
}

/** Another hexadecimal digit, or another character, for the one at an index. */
function changeCharacter(value: string, index: number): string {
  const at = index % value.length;
  return `${value.slice(0, at)}${value[at] === '0' ? '1' : '0'}${value.slice(at + 1)}`;
}

const mutations: Record<string, (from: SignableRequest, seed: number) => SignableRequest> = {
  method: (from) => ({ ...from, method: from.method === 'GET' ? 'POST' : 'GET' }),
  path: (from) => ({ ...from, path: `${from.path}/x` }),
  'path, escaped': (from) => ({ ...from, path: `${from.path}/%2e` }),
  'query, one more parameter': (from) => ({ ...from, query: `${from.query}&x=y` }),
  'query, one more in front': (from) => ({ ...from, query: `x&${from.query}` }),
  'body, one byte more': (from) => ({ ...from, body: Buffer.concat([from.body, Buffer.of(0)]) }),
  'body, one bit': (from, seed) => {
    const body = from.body.length > 0 ? Uint8Array.from(from.body) : Uint8Array.of(0);
    const index = seed % body.length;
    body[index] = (body[index] ?? 0) ^ (1 << (seed % 8));
    return { ...from, body };
  },
  'the value of a signed header': (from, seed) => {
    const unsigned = from.headers.filter(([name]) => name !== 'Authorization');
    const [name = ''] = unsigned[seed % unsigned.length] ?? [];
    return changeHeader(from, name, (value) => `${value}x`);
  },
  'a signed header, twice': (from) => ({ ...from, headers: [...from.headers, ['host', 'elsewhere']] }),
  'a signed header, gone': (from) => ({ ...from, headers: from.headers.filter(([name]) => name !== 'Host') }),
  signature: (from, seed) =>
    changeClaim(from, (claim) => claim.replace(/(?<=Signature=)[0-9a-f]+/, (digits) => changeCharacter(digits, seed))),
  'signature, in upper case': (from) =>
    changeClaim(from, (claim) => claim.replace(/(?<=Signature=)[0-9a-f]+/, (digits) => `${digits.toUpperCase()}A`)),
  'signature, cut short': (from) => changeClaim(from, (claim) => claim.replace(/(?<=Signature=[0-9a-f]+)[0-9a-f]/, '')),
  'access key id': (from) => changeClaim(from, (claim) => claim.replaceAll('EXAMPLE2', 'EXAMPLE3')),
  'date of the scope': (from) =>
    changeClaim(from, (claim) => claim.replaceAll('20261123/', '20261122/').replaceAll('20261123%2F', '20261122%2F')),
  region: (from) => changeClaim(from, (claim) => claim.replaceAll('us-east-1', 'us-east-2')),
  service: (from) =>
    changeClaim(from, (claim) => claim.replaceAll('/iam/', '/sts/').replaceAll('%2Fiam%2F', '%2Fsts%2F')),
  terminator: (from) => changeClaim(from, (claim) => claim.replaceAll('aws4_request', 'aws5_request')),
  'time of signing': (from) => ({
    ...changeHeader(from, 'x-amz-date', () => '20261123T120001Z'),
    query: from.query.replace('20261123T120000Z', '20261123T120001Z'),
  }),
  'list of signed headers': (from) =>
    changeClaim(from, (claim) => claim.replace(/(?<=SignedHeaders=[^&,]*)host/, 'host;host')),
};

describe('a signed request', () => {
  it('verifies', () => {
    fc.assert(
      fc.property(signed, (sent) => {
        expect(judgeRequest(sent)).toBe(true);
      }),
    );
  });

  it('verifies with other headers, other case and other spaces on the way', () => {
    fc.assert(
      fc.property(signed, byteText, (sent, value) => {
        const headers = sent.headers.map(([name, before]) => [name.toUpperCase(), ` ${before}\t `] as const);
        expect(judgeRequest({ ...sent, headers: [['Via', value], ...headers] })).toBe(true);
      }),
    );
  });

  it.each(Object.entries(mutations))('is refused with another %s', (_, mutate) => {
    fc.assert(
      fc.property(signed, fc.nat(), (sent, seed) => {
        expect(judgeRequest(mutate(sent, seed))).not.toBe(true);
      }),
    );
  });

  it('is refused when signed with another secret', () => {
    fc.assert(
      fc.property(request, text, (unsigned, secretAccessKey) => {
        expect(judgeRequest(signHeaders(unsigned, { ...signingOptions, secretAccessKey }))).toBe(false);
      }),
    );
  });
});
