// Whatever is sent, signed well or not at all: an answer that is no 500, soon, and nothing left behind in memory.
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { services } from '../../../src/endpoint/actions/actions.ts';
import { signHeaders } from '../../../src/sigv4/sign.ts';
import { startWatched, type WatchedEndpoint } from '../../crash/soak-process.ts';
import { drawJson, drawQuery, type Parameters } from './fuzz-bodies.ts';
import { callWell, type Pair } from './signed-call.ts';

const admin: Pair = { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const numRuns = Number(process.env.KEYTURN_FUZZ_RUNS ?? 12);
/** Milliseconds; far more than any answer takes, on a busy machine too. */
const patience = 10_000;
const mebibyte = 1024 * 1024;

let server: WatchedEndpoint;

beforeAll(async () => {
  server = await startWatched(admin);
  await callWell(server, admin, 'CreateUser', { UserName: 'bob' });
  await callWell(server, admin, 'CreateGroup', { GroupName: 'team' });
});

afterEach(async () => {
  // or else all of it was refused at the door
  await callWell(server, admin, 'GetUser');
  expect(server.failures).toEqual([]);
});

afterAll(async () => {
  await server.kill();
});

interface Message {
  readonly service: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

async function send(headers: [string, string][], body: string): Promise<Response> {
  return fetch(server.url, { method: 'POST', headers, body, signal: AbortSignal.timeout(patience) });
}

/** Sends a request with a good signature; what comes back must be an answer for the caller. */
async function requireAnswer({ service, headers, body }: Message): Promise<void> {
  const all: [string, string][] = [
    ['Host', new URL(server.url).host],
    ...headers.map(([...pair]): [string, string] => pair),
  ];
  const request = { method: 'POST', path: '/', query: '', headers: all, body: Buffer.from(body) };
  const signed = signHeaders(request, { ...admin, region: 'us-east-1', service, date: new Date() });
  const response = await send(
    signed.headers.map(([...pair]): [string, string] => pair),
    body,
  );
  const text = await response.text();
  expect(server.failures).toEqual([]);
  expect(response.status, text.slice(0, 500)).toBeLessThan(500);
  // what a client's parser would choke on
  if (response.headers.get('content-type') !== 'text/xml') expect(() => void JSON.parse(text)).not.toThrow();
  else expect(text).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
}

function composeForm(action: string, version: string, parameters: Parameters): string {
  return new URLSearchParams([
    ['Action', action],
    ['Version', version],
    ...parameters.map(([...pair]) => pair),
  ]).toString();
}

describe.each(Object.entries(services))('%s', (service, { model }) => {
  const operations = Object.keys(model.operations);
  const { targetPrefix } = model;

  it('answers any parameters', async () => {
    for (const action of operations) {
      const messages: fc.Arbitrary<Message> =
        targetPrefix === undefined
          ? drawQuery(model, action).map((parameters) => ({
              service,
              headers: [['Content-Type', 'application/x-www-form-urlencoded']],
              body: composeForm(action, model.apiVersion, parameters),
            }))
          : drawJson(model, action).map((body) => ({
              service,
              headers: [['X-Amz-Target', `${targetPrefix}.${action}`]],
              body,
            }));
      await fc.assert(fc.asyncProperty(messages, requireAnswer), { numRuns });
    }
  }, 120_000);
});

const wildDocument = (Resource: string, Condition?: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource, Condition } });

function number(list: string, values: readonly string[]): Parameters {
  return values.map((value, index) => [`${list}.member.${index + 1}`, value]);
}

const fill = (length: number, value: (index: number) => string) => Array.from({ length }, (_, index) => value(index));

describe('simulations that would take minutes', () => {
  const almost = `arn:aws:s3:::*${'a'.repeat(1_000)}b`;
  const questions: Readonly<Record<string, Parameters>> = {
    'a pattern of stars': [
      ...number('PolicyInputList', [wildDocument(`arn:aws:s3:::${'*a'.repeat(60_000)}b`)]),
      ...number('ResourceArns', [`arn:aws:s3:::${'a'.repeat(2_000)}`]),
      ...number('ActionNames', ['s3:GetObject']),
    ],
    'many actions, each on long resources that almost match': [
      ...number('PolicyInputList', [wildDocument(almost)]),
      ...number(
        'ResourceArns',
        fill(20, (index) => `arn:aws:s3:::${'a'.repeat(2_000)}${index}`),
      ),
      ...number(
        'ActionNames',
        fill(100, (index) => `s3:Get${index}`),
      ),
    ],
    'many statements about many resources': [
      ...number('PolicyInputList', [
        JSON.stringify({
          Version: '2012-10-17',
          Statement: fill(1_500, () => 's3:*').map((Action) => ({ Effect: 'Allow', Action, Resource: '*' })),
        }),
      ]),
      ...number(
        'ResourceArns',
        fill(500, (index) => `arn:aws:s3:::${index}`),
      ),
      ...number(
        'ActionNames',
        fill(100, (index) => `s3:Get${index}`),
      ),
    ],
    'a condition that almost matches a long value': [
      ...number('PolicyInputList', [wildDocument('*', { StringLike: { 'aws:x': `*${'a'.repeat(60_000)}b` } })]),
      ...number('ActionNames', ['s3:GetObject']),
      ['ContextEntries.member.1.ContextKeyName', 'aws:x'],
      ['ContextEntries.member.1.ContextKeyValues.member.1', 'a'.repeat(300_000)],
      ['ContextEntries.member.1.ContextKeyType', 'string'],
    ],
  };

  it.each(Object.entries(questions))('%s', async (_, question) => {
    await requireAnswer({
      service: 'iam',
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: composeForm('SimulateCustomPolicy', '2010-05-08', question),
    });
  });
});

describe('headers without a good signature', () => {
  const headerValue = fc.oneof(
    fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
    fc.constantFrom(
      'AWS4-HMAC-SHA256',
      `AWS4-HMAC-SHA256 Credential=${'/'.repeat(10_000)}, SignedHeaders=${';'.repeat(10_000)}, Signature=x`,
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLEEXAMPLE/20200101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=',
      `AWS4-HMAC-SHA256 ${'Credential=a,'.repeat(2_000)}`,
      '20200101T000000Z',
      '99999999T999999Z',
      'a'.repeat(20_000),
      'AWSOrganizationsV20161128.',
      'AWSOrganizationsV20161128.__proto__',
      'multipart/form-data; boundary=',
      'gzip',
    ),
  );
  const names = fc.constantFrom(
    ...['authorization', 'x-amz-date', 'date', 'x-amz-security-token', 'x-amz-content-sha256', 'x-amz-target'],
    ...['content-type', 'content-encoding', 'user-agent', 'x-forwarded-for', 'x-http-method-override', 'cookie'],
  );
  const messages = fc.record({
    headers: fc.dictionary(names, headerValue, { maxKeys: 6 }),
    body: fc.oneof(fc.constant('Action=ListUsers&Version=2010-05-08'), fc.string({ unit: 'binary', maxLength: 200 })),
  });

  it('are refused', async () => {
    const refuse = async ({ headers, body }: { headers: Record<string, string>; body: string }) => {
      const { status } = await send(Object.entries(headers), body);
      expect([400, 403, 431]).toContain(status);
    };
    await fc.assert(fc.asyncProperty(messages, refuse), { numRuns: 25 * numRuns });
  });
});

describe('memory', () => {
  const form = (action: string, parameters: Parameters): Message => ({
    service: 'iam',
    headers: [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['User-Agent', 'long '.repeat(2_000)],
    ],
    body: composeForm(action, '2010-05-08', parameters),
  });
  const heavy = [
    form('SimulateCustomPolicy', [
      ...number('PolicyInputList', [wildDocument(`arn:bogus:s3:::${'x'.repeat(60_000)}`)]),
      ...number('ActionNames', ['s3:GetObject']),
    ]),
    form('CreatePolicy', [
      ['PolicyName', 'x'],
      ['PolicyDocument', wildDocument(`arn:bogus:s3:::${'x'.repeat(60_000)}`)],
    ]),
    form('Unknown'.repeat(1_000), []),
    form('GetUser', [['UserName', 'x'.repeat(60_000)]]),
    { service: 'x'.repeat(10_000), headers: [], body: 'Action=GetUser' },
  ];

  it('is not taken for good by what was refused', async () => {
    const sendAll = async (times: number) => {
      for (let turn = 0; turn < times; turn++) await Promise.all(heavy.map(requireAnswer));
    };
    await sendAll(20);
    const before = await server.measure();
    await sendAll(200);
    const after = await server.measure();
    // 1,000 requests of 60 kB each are far more than that
    expect(after.held - before.held).toBeLessThan(8 * mebibyte);
  });
});
