import { describe, expect, it } from 'vitest';
import { requireHostSigned, requireScope, requireTimely } from '../../../src/sigv4/claim-requirements.ts';
import { readClaim } from '../../../src/sigv4/claim.ts';
import { signHeaders, signQuery } from '../../../src/sigv4/sign.ts';
import { catchRefusal, judgeRequest, listAccessKeys, now, signingOptions } from './requests.ts';

const claim = readClaim(signHeaders(listAccessKeys, signingOptions));

describe('requireHostSigned', () => {
  it.each(['host', ':authority'])('takes %s', (name) => {
    expect(() => {
      requireHostSigned({ ...claim, signedHeaders: ['a', name] });
    }).not.toThrow();
  });

  it.each([[['x-amz-date']], [['']], [['x-host']]])('refuses %j', (signedHeaders) => {
    expect(
      catchRefusal(() => {
        requireHostSigned({ ...claim, signedHeaders });
      }),
    ).toEqual({
      code: 'SignatureDoesNotMatch',
      status: 403,
      message: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    });
  });
});

describe('requireTimely', () => {
  it.each(['20261123T120000Z', '20261123T114500Z', '20261123T121500Z'])('takes %s at noon', (timestamp) => {
    expect(() => {
      requireTimely({ ...claim, timestamp }, now);
      requireTimely({ ...claim, timestamp }, new Date(now.getTime() + 999));
    }).not.toThrow();
  });

  it.each([
    '2026-11-23T12:00:00Z',
    '20261123',
    '20261123T120000',
    '20261123T120000z',
    '20261123T120000Z ',
    '20261323T120000Z',
    '20260231T120000Z',
    '20261123T240000Z',
    '20261123T126000Z',
    '20261123T120060Z',
    '',
    'Mon, 23 Nov 2026 12:00:00 GMT',
  ])('refuses the form of %j', (timestamp) => {
    expect(
      catchRefusal(() => {
        requireTimely({ ...claim, timestamp }, now);
      }),
    ).toEqual({
      code: 'IncompleteSignature',
      status: 400,
      message: `Date must be in ISO-8601 'basic format'. Got '${timestamp}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    });
  });

  it.each([
    [
      '20261123T114459Z',
      'Signature expired: 20261123T114459Z is now earlier than 20261123T114500Z (20261123T120000Z - 15 min.)',
    ],
    [
      '20261123T121501Z',
      'Signature not yet current: 20261123T121501Z is still later than 20261123T121500Z (20261123T120000Z + 15 min.)',
    ],
  ])('refuses %s at noon', (timestamp, message) => {
    expect(
      catchRefusal(() => {
        requireTimely({ ...claim, timestamp }, now);
      }),
    ).toEqual({ code: 'SignatureDoesNotMatch', status: 403, message });
  });

  it('gives a presigned request no more time than its 15 minutes', () => {
    const presigned = signQuery(listAccessKeys, { ...signingOptions, expires: 604_800 });
    const late = new Date(now.getTime() + 900_001 + 999);
    expect(judgeRequest(presigned)).toBe(true);
    expect(judgeRequest(presigned, { service: 'iam', now: late })).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });
});

describe('requireScope', () => {
  const scoped = (credential: string) => {
    const [AccessKeyId = '', date = '', region = '', service = '', terminator = ''] = credential.split('/');
    return { ...claim, credential, AccessKeyId, date, region, service, terminator };
  };

  it.each(['us-east-1', 'ap-southeast-7', 'us-gov-west-1', 'us-isob-east-1', 'eusc-de-east-1', 'cn-north-1'])(
    'takes region %s',
    (region) => {
      expect(() => {
        requireScope(scoped(`AKIA/20261123/${region}/iam/aws4_request`), { service: 'iam' });
      }).not.toThrow();
    },
  );

  it.each(['', 'AKIA', 'AKIA/20261123/us-east-1/iam', 'AKIA/20261123/us-east-1/iam/aws4_request/', 'a/b/c/d/e/f'])(
    'refuses %j: not five parts',
    (credential) => {
      expect(
        catchRefusal(() => {
          requireScope(scoped(credential), { service: 'iam' });
        }),
      ).toEqual({
        code: 'IncompleteSignature',
        status: 400,
        message: `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
      });
    },
  );

  const region = 'Credential should be scoped to a valid region. ';
  const service = "Credential should be scoped to correct service: 'iam'. ";
  const terminator = "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ";
  const date =
    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != '20261123', from '20261123T120000Z'. ";
  it.each([
    ['AKIA/20261123/nowhere/iam/aws4_request', region],
    ['AKIA/20261123/US-EAST-1/iam/aws4_request', region],
    ['AKIA/20261123//iam/aws4_request', region],
    ['AKIA/20261123/us-east-1/sts/aws4_request', service],
    ['AKIA/20261123/us-east-1/IAM/aws4_request', service],
    ['AKIA/20261123/us-east-1/iam/aws5_request', terminator],
    ['AKIA/b/us-east-1/iam/aws4_request', date],
    ['AKIA/b/c/d/aws5_request', `${region}${service}${terminator}${date}`],
  ])('refuses %s', (credential, message) => {
    expect(
      catchRefusal(() => {
        requireScope(scoped(credential), { service: 'iam' });
      }),
    ).toEqual({ code: 'SignatureDoesNotMatch', status: 403, message });
  });
});

describe('the order of refusals', () => {
  const authorize = (credential: string, signedHeaders: string, timestamp: string) =>
    judgeRequest({
      ...listAccessKeys,
      headers: [
        ...listAccessKeys.headers,
        ['X-Amz-Date', timestamp],
        ['Authorization', `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=00`],
      ],
    });

  it.each([
    ['host', 'a/b/c', 'x-amz-date', 'never', "'Host' or"],
    ['form of the date', 'a/b/c', 'host', 'never', 'Date must be'],
    ['time', 'a/b/c', 'host', '20200101T000000Z', 'Signature expired'],
    ['form of the credential', 'a/b/c', 'host', '20261123T120000Z', 'Credential must have'],
    ['scope', 'a/b/c/d/e', 'host', '20261123T120000Z', 'Credential should be'],
  ])('comes to %s', (_, credential, signedHeaders, timestamp, beginning) => {
    expect(authorize(credential, signedHeaders, timestamp)).toMatchObject({
      message: expect.stringContaining(beginning) as string,
    });
  });

  it('ends with the signature', () => {
    const credential = `${signingOptions.accessKeyId}/20261123/us-east-1/iam/aws4_request`;
    expect(authorize(credential, 'host', '20261123T120000Z')).toBe(false);
  });
});
