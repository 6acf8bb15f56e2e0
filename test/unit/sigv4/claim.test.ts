import { describe, expect, it } from 'vitest';
import { readClaim } from '../../../src/sigv4/claim.ts';
import type { SignableRequest } from '../../../src/sigv4/request.ts';
import { signHeaders, signQuery } from '../../../src/sigv4/sign.ts';
import { catchRefusal, listAccessKeys, signingOptions } from './requests.ts';

const credential = 'AKIARZPUZDIKEXAMPLE2/20261123/us-east-1/iam/aws4_request';
const dated = ['X-Amz-Date', '20261123T120000Z'] as const;

function withHeaders(...headers: SignableRequest['headers']): SignableRequest {
  return { ...listAccessKeys, headers: [...listAccessKeys.headers, ...headers] };
}

function withAuthorization(authorization: string): SignableRequest {
  return withHeaders(dated, ['Authorization', authorization]);
}

describe('readClaim, header form', () => {
  it('reads every part of the claim', () => {
    expect(readClaim(signHeaders(listAccessKeys, { ...signingOptions, sessionToken: 'TOKEN' }))).toEqual({
      form: 'header',
      credential,
      AccessKeyId: 'AKIARZPUZDIKEXAMPLE2',
      date: '20261123',
      region: 'us-east-1',
      service: 'iam',
      terminator: 'aws4_request',
      signedHeaders: ['content-type', 'host', 'x-amz-date', 'x-amz-security-token'],
      signature: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      timestamp: '20261123T120000Z',
      sessionToken: 'TOKEN',
    });
  });

  it.each([
    ['commas alone', `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=host,Signature=00`],
    ['spaces alone', `AWS4-HMAC-SHA256 Credential=${credential} SignedHeaders=host Signature=00`],
    ['another order', `AWS4-HMAC-SHA256   Signature=00 ,  SignedHeaders=host,, Credential=${credential},`],
    ['unknown keys', `AWS4-HMAC-SHA256 Foo=Bar, Credential=${credential}, SignedHeaders=host, Signature=00`],
    [
      'the last of duplicate keys',
      `AWS4-HMAC-SHA256 Credential=a, Credential=${credential}, SignedHeaders=host, Signature=11, Signature=00`,
    ],
    ['names in upper case', `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=HOST, Signature=00`],
  ])('takes %s', (_, authorization) => {
    expect(readClaim(withAuthorization(authorization))).toMatchObject({
      credential,
      signedHeaders: ['host'],
      signature: '00',
    });
  });

  it('takes the first of duplicate headers', () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-security-token, Signature=`;
    const claim = readClaim(
      withHeaders(
        ['authorization', `${authorization}1`],
        ['Authorization', `${authorization}2`],
        dated,
        ['x-amz-date', 'second'],
        ['X-Amz-Security-Token', 'first'],
        ['X-Amz-Security-Token', 'second'],
      ),
    );
    expect(claim).toMatchObject({ signature: '1', timestamp: '20261123T120000Z', sessionToken: 'first' });
  });

  it('leaves out a session token that is not signed', () => {
    const signed = signHeaders(listAccessKeys, signingOptions);
    const request = { ...signed, headers: [...signed.headers, ['X-Amz-Security-Token', 'TOKEN'] as const] };
    expect(readClaim(request).sessionToken).toBeUndefined();
  });

  it.each([
    ['20261123T120000Z', '20261123T120000Z'],
    ['Mon, 23 Nov 2026 12:00:00 GMT', '20261123T120000Z'],
    ['Mon, 23 Nov 2026 12:00:00 -0000', '20261123T120000Z'],
    ['Mon, 99 Nov 2026 12:00:00 GMT', 'Mon, 99 Nov 2026 12:00:00 GMT'],
    ['yesterday', 'yesterday'],
  ])('takes the time from a Date header: %s', (date, timestamp) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=00`;
    expect(readClaim(withHeaders(['Authorization', authorization], ['Date', date])).timestamp).toBe(timestamp);
  });

  it('prefers X-Amz-Date to Date', () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=00`;
    const request = withHeaders(['Date', 'yesterday'], dated, ['Authorization', authorization]);
    expect(readClaim(request).timestamp).toBe('20261123T120000Z');
  });
});

describe('readClaim, query form', () => {
  const presigned = signQuery(listAccessKeys, { ...signingOptions, sessionToken: 'TO/KEN=', expires: 60 });

  it('reads every part of the claim', () => {
    expect(readClaim(presigned)).toEqual({
      form: 'query',
      credential,
      AccessKeyId: 'AKIARZPUZDIKEXAMPLE2',
      date: '20261123',
      region: 'us-east-1',
      service: 'iam',
      terminator: 'aws4_request',
      signedHeaders: ['content-type', 'host'],
      signature: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      timestamp: '20261123T120000Z',
      sessionToken: 'TO/KEN=',
    });
  });

  it('takes the first of duplicate parameters', () => {
    const query = `${presigned.query}&X-Amz-Date=second&X-Amz-Signature=second&X-Amz-Algorithm=second`;
    expect(readClaim({ ...presigned, query })).toEqual(readClaim(presigned));
  });
});

describe('readClaim refuses', () => {
  it.each(['a=%', 'a=%4', 'a=%zz', '%=b', 'a=%FF', 'a=b&%C3=c'])('a broken query string: %s', (query) => {
    expect(catchRefusal(() => readClaim({ ...listAccessKeys, query }))).toEqual({
      code: 'MalformedQueryString',
      status: 400,
      message: 'The query string contains a syntax error.',
    });
  });

  it('claims in both places', () => {
    const both = signHeaders(signQuery(listAccessKeys, { ...signingOptions, expires: 60 }), signingOptions);
    expect(catchRefusal(() => readClaim(both))).toEqual({
      code: 'SignatureDoesNotMatch',
      status: 403,
      message: "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    });
  });

  it('a request without a claim', () => {
    expect(catchRefusal(() => readClaim(listAccessKeys))).toEqual({
      code: 'MissingAuthenticationToken',
      status: 403,
      message: 'Request is missing Authentication Token',
    });
  });

  it.each(['AWS5-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256', 'Bearer', 'aws4-hmac-sha256'])('algorithm %s', (name) => {
    const refusal = { code: 'IncompleteSignature', status: 400, message: `Unsupported AWS 'algorithm': '${name}'.` };
    expect(catchRefusal(() => readClaim(withAuthorization(`${name} FooBar, BazBurp`)))).toEqual(refusal);
    expect(catchRefusal(() => readClaim({ ...listAccessKeys, query: `X-Amz-Algorithm=${name}` }))).toEqual(refusal);
  });

  it.each([
    ['FooBar', 'AWS4-HMAC-SHA256 FooBar, BazBurp'],
    ['valid/20261123', 'AWS4-HMAC-SHA256 Credential=not valid/20261123, SignedHeaders=host'],
  ])('a word that is no pair: %s', (word, authorization) => {
    expect(catchRefusal(() => readClaim(withAuthorization(authorization)))).toEqual({
      code: 'IncompleteSignature',
      status: 400,
      message: `'${word}' not a valid key=value pair (missing equal-sign) in Authorization header: '${authorization}'`,
    });
  });

  const needs = {
    Credential: "Authorization header requires 'Credential' parameter.",
    Signature: "Authorization header requires 'Signature' parameter.",
    SignedHeaders: "Authorization header requires 'SignedHeaders' parameter.",
    date: "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  };
  it.each([
    ['AWS4-HMAC-SHA256', [], [needs.Credential, needs.Signature, needs.SignedHeaders, needs.date]],
    ['AWS4-HMAC-SHA256 Foo=Bar', [dated], [needs.Credential, needs.Signature, needs.SignedHeaders]],
    ['AWS4-HMAC-SHA256 Credential=a', [dated], [needs.Signature, needs.SignedHeaders]],
    ['AWS4-HMAC-SHA256 Credential=a, Signature=b', [], [needs.SignedHeaders, needs.date]],
    ['AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host', [dated], [needs.Signature]],
    ['AWS4-HMAC-SHA256 Credential=a, Signature=b, SignedHeaders=', [], [needs.date]],
  ] as const)('a header claim with parts missing: %s', (authorization, headers, missing) => {
    expect(catchRefusal(() => readClaim(withHeaders(...headers, ['Authorization', authorization])))).toEqual({
      code: 'IncompleteSignature',
      status: 400,
      message: `${missing.join(' ')} Authorization=AWS4-HMAC-SHA256`,
    });
  });

  it.each([
    ['', ['X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date']],
    ['&X-Amz-Signature=b&X-Amz-Date=c', ['X-Amz-Credential', 'X-Amz-SignedHeaders']],
    ['&X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=host', ['X-Amz-Date']],
  ])('a query claim with parts missing: %s', (rest, missing) => {
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256${rest}`;
    const sentences = missing.map((name) => `AWS query-string parameters must include '${name}'. `);
    expect(catchRefusal(() => readClaim({ ...listAccessKeys, query }))).toEqual({
      code: 'IncompleteSignature',
      status: 400,
      message: `${sentences.join('')}Re-examine the query-string parameters.`,
    });
  });
});
