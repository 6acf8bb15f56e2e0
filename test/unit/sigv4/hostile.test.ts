import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignableRequest } from '../../../src/sigv4/request.ts';
import { SignatureRefusal } from '../../../src/sigv4/refusal.ts';
import { judgeRequest, listAccessKeys, signingOptions } from './requests.ts';

const size = 200_000;
const scope = '20261123/us-east-1/iam/aws4_request';
const dated = ['X-Amz-Date', '20261123T120000Z'] as const;

function withHeaders(...headers: SignableRequest['headers']): SignableRequest {
  return { ...listAccessKeys, headers: [...listAccessKeys.headers, ...headers] };
}

function withAuthorization(authorization: string): SignableRequest {
  return withHeaders(dated, ['Authorization', `AWS4-HMAC-SHA256 ${authorization}`]);
}

function claimSigned(signedHeaders: string): string {
  return `Credential=${signingOptions.accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=00`;
}

describe('a hostile request is answered at once', () => {
  const longLists = Array.from({ length: 20_000 }, (_, index) => [`x-${index}`, ' '.repeat(50)] as const);
  const requests: Record<string, SignableRequest> = {
    'many headers': withHeaders(...longLists),
    'many headers, all signed': {
      ...withAuthorization(claimSigned(`host;${longLists.map(([name]) => name).join(';')}`)),
      headers: [...withAuthorization(claimSigned('host')).headers, ...longLists],
    },
    'one header signed many times': withHeaders(
      dated,
      ['X-Long', 'x'.repeat(size)],
      ['Authorization', `AWS4-HMAC-SHA256 ${claimSigned(`host;${'x-long;'.repeat(size / 10)}`)}`],
    ),
    'spaces in Authorization': withAuthorization(`${' '.repeat(size)}x`),
    'commas in Authorization': withAuthorization(','.repeat(size)),
    'equal signs in Authorization': withAuthorization('='.repeat(size)),
    'slashes in the credential': withAuthorization(`Credential=${'/'.repeat(size)}, SignedHeaders=host, Signature=0`),
    'a long signature': withAuthorization(`${claimSigned('host')}${'0'.repeat(size)}`),
    'spaces in a signed header': {
      ...withAuthorization(claimSigned('host;x')),
      headers: [...withAuthorization(claimSigned('host;x')).headers, ['x', ` \t${' '.repeat(size)}x`]],
    },
    'a long region': withAuthorization(
      `Credential=a/20261123/us${'-a'.repeat(size)}/iam/aws4_request, SignedHeaders=host, Signature=0`,
    ),
    'dots and slashes in the path': { ...withAuthorization(claimSigned('host')), path: '/a/..//./'.repeat(size / 10) },
    'many parameters': { ...withAuthorization(claimSigned('host')), query: 'b&a=1&'.repeat(size / 10) },
    'a broken escape at the end': { ...listAccessKeys, query: `${'%41'.repeat(size)}%` },
  };

  it.each(Object.entries(requests))('%s', (_, request) => {
    const start = performance.now();
    expect(judgeRequest(request)).not.toBe(true);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('a request of any shape', () => {
  const anything = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });
  const nearly = fc
    .array(
      fc.oneof(anything, fc.constantFrom('X-Amz-Algorithm=AWS4-HMAC-SHA256', '&', '=', '%', 'X-Amz-Date=', '/', 'a')),
    )
    .map((parts) => parts.join(''));
  const name = fc.oneof(anything, fc.constantFrom('Authorization', 'X-Amz-Date', 'Date', 'Host'));
  const request = fc.record({
    method: anything,
    path: nearly,
    query: nearly,
    headers: fc.array(fc.tuple(name, fc.oneof(nearly, fc.constant(`AWS4-HMAC-SHA256 ${claimSigned('host')}`)))),
    body: fc.uint8Array(),
  });

  it('is refused, with a SignatureRefusal or for its signature', () => {
    fc.assert(
      fc.property(request, (sent) => {
        const judgement = judgeRequest(sent);
        expect(judgement === false || judgement instanceof SignatureRefusal).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
