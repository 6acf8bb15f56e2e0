import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { writeCanonicalRequest, writeStringToSign } from '../../../src/sigv4/canonical-request.ts';
import type { SigningTerms } from '../../../src/sigv4/canonical-request.ts';
import type { SignableRequest } from '../../../src/sigv4/request.ts';

const request: SignableRequest = { method: 'GET', path: '/', query: '', headers: [], body: Buffer.of() };
const terms: SigningTerms = {
  form: 'header',
  signedHeaders: ['host'],
  timestamp: '20261123T120000Z',
  date: '20261123',
  region: 'us-east-1',
  service: 'iam',
};

function writeLines(change: Partial<SignableRequest>, changedTerms: Partial<SigningTerms> = {}): string[] {
  return writeCanonicalRequest({ ...request, ...change }, { ...terms, ...changedTerms }).split('\n');
}

describe('writeCanonicalRequest', () => {
  it.each([
    ['', '/'],
    ['/', '/'],
    ['//a/./b%20c/../d/', '/a/d/'],
    ['/a/b/..', '/a'],
    ['/../..', '/'],
    ['/a%20b', '/a%2520b'],
    ["/!'()*~", '/%21%27%28%29%2A~'],
    ['/\ud800', '/%EF%BF%BD'],
    ['*', '/%2A'],
  ])('encodes path %j as %s', (path, expected) => {
    expect(writeLines({ path })[1]).toBe(expected);
  });

  it.each([
    ['b=2&a=1', 'a=1&b=2'],
    ['a=2&a=1&a', 'a=&a=1&a=2'],
    ['a-b=1&a=1', 'a=1&a-b=1'],
    ['a=x+y&b=%2B', 'a=x%20y&b=%2B'],
    ['a=b=c&&%61%2f', 'a=b%3Dc&a%2F='],
    ['A=1&a=1&_=1', 'A=1&_=1&a=1'],
    ['X-Amz-Signature=1', 'X-Amz-Signature=1'],
  ])('sorts and encodes query %s as %s', (query, expected) => {
    expect(writeLines({ query })[2]).toBe(expected);
  });

  it('leaves the signature out of the query that it signs', () => {
    expect(writeLines({ query: 'a=1&X-Amz-Signature=1' }, { form: 'query' })[2]).toBe('a=1');
  });

  it('writes the signed headers alone, in the order of the list, each once', () => {
    const headers = [
      ['B', ' two\t  words\r\n folded '],
      ['a', '1'],
      ['Host', 'localhost'],
      ['A', 'one\ttwo'],
      ['c', '3'],
    ] as const;
    const lines = writeLines({ headers }, { signedHeaders: ['host', 'a', 'b', 'a', 'absent'] });
    expect(lines.slice(3, -1)).toEqual([
      'host:localhost',
      'a:1,one two',
      'b:two words folded',
      '',
      'host;a;b;a;absent',
    ]);
  });

  it('keeps the bytes of a value that only look like white space', () => {
    const value = Buffer.from('à la carte à').toString('latin1');
    expect(writeLines({ headers: [['Host', value]] })[3]).toBe(`host:${value}`);
  });

  it('hashes the body, whatever a header says of it', () => {
    const headers = [['x-amz-content-sha256', 'UNSIGNED-PAYLOAD']] as const;
    const lines = writeLines({ headers, body: Buffer.from('Param1=value1') });
    expect(lines.at(-1)).toBe('9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e');
  });
});

describe('writeStringToSign', () => {
  it('hashes the bytes that were received', () => {
    const bytes = Buffer.from('host:à la carte');
    const digest = createHash('sha256').update(bytes).digest('hex');
    expect(writeStringToSign(bytes.toString('latin1'), terms)).toBe(
      `AWS4-HMAC-SHA256\n20261123T120000Z\n20261123/us-east-1/iam/aws4_request\n${digest}`,
    );
  });
});
