// What the endpoint refuses, in which order and in which words.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint, type EndpointEvent } from '../../../src/endpoint/index.ts';
import { signHeaders, signQuery } from '../../../src/sigv4/sign.ts';
import {
  administratorOf,
  call,
  callWell,
  composeBody,
  createKey,
  post,
  signBody,
  type Pair,
  type Reply,
} from './signed-call.ts';

const now = new Date('2026-11-23T10:00:00Z');
const invalidToken = 'The security token included in the request is invalid';
const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and ' +
  'signing method. Consult the service documentation for details.';

let endpoint: Endpoint;
let admin: Pair;
let bob: Pair;
const events: EndpointEvent[] = [];

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => now, log: (event) => events.push(event) });
  admin = administratorOf(endpoint);
  await callWell(endpoint, admin, 'CreateUser', { UserName: 'bob' }, { date: now });
  const root = endpoint.issueRootKey();
  expect(root.AccessKeyId).toMatch(/^AKIA/);
  bob = await createKeyNow('bob');
});

afterAll(() => endpoint.close());

async function createKeyNow(UserName: string): Promise<Pair> {
  endpoint.setClock(new Date());
  const pair = await createKey(endpoint, UserName);
  endpoint.setClock(now);
  return pair;
}

function summarize({ status, code, message }: Reply): [number, string | undefined, string | undefined] {
  return [status, code, message];
}

describe('the order of refusals', () => {
  // Each step mends the first thing that is wrong with the request before it; all that comes later stays wrong.
  const body = 'Action=CreateAccessKey&Version=2010-05-08&UserName=no+such+name';
  const broken = {
    scheme: 'AWS3',
    headers: 'content-type;x-amz-date',
    date: '20260101T000000Z',
    scope: '20260101/mars/s3/aws4_request',
    key: 'AKIARZPUZDIKAAAAAAAA',
    Signature: '0'.repeat(64),
  };

  async function send(mended: Partial<typeof broken>): Promise<[number, string | undefined]> {
    const { scheme, headers, date, scope, key, Signature } = { ...broken, ...mended };
    const fields = `Credential=${key}/${scope}, SignedHeaders=${headers}, Signature=${Signature}`;
    const reply = await post(
      endpoint.url,
      [
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['X-Amz-Date', date],
        ['Authorization', `${scheme} ${fields}`],
      ],
      body,
    );
    return [reply.status, reply.message?.split(/[:.']/)[0]];
  }

  it('is claim, host, time, scope, key, signature', async () => {
    const scheme = 'AWS4-HMAC-SHA256';
    const headers = 'content-type;host;x-amz-date';
    const date = '20261123T100000Z';
    const scope = '20261123/us-east-1/iam/aws4_request';
    const key = admin.accessKeyId;
    expect(await send({})).toEqual([400, 'Unsupported AWS ']);
    expect((await send({ scheme }))[0]).toBe(403);
    expect(await send({ scheme, headers })).toEqual([403, 'Signature expired']);
    expect(await send({ scheme, headers, date })).toEqual([403, 'Credential should be scoped to a valid region']);
    expect(await send({ scheme, headers, date, scope })).toEqual([403, invalidToken]);
    expect(await send({ scheme, headers, date, scope, key })).toEqual([
      403,
      'The request signature we calculated does not match the signature you provided',
    ]);
  });

  it('is signature, action, input, constraints, permission, rule', async () => {
    const wrong = { ...bob, secretAccessKey: 'wrong' };
    const ask = async (pair: Pair, text: string) => {
      const reply = await post(endpoint.url, signBody(endpoint.url, pair, text, { date: now, service: 'iam' }), text);
      return [reply.status, reply.code];
    };
    expect(await ask(wrong, 'Action=Nothing&Status=Odd')).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await ask(bob, 'Action=Nothing&MaxItems=x')).toEqual([400, 'InvalidAction']);
    expect(await ask(bob, composeBody('ListUsers', { MaxItems: 'x', PathPrefix: '?' }))).toEqual([
      400,
      'MalformedInput',
    ]);
    expect(await ask(bob, composeBody('ListUsers', { MaxItems: '0' }))).toEqual([400, 'ValidationError']);
    expect(await ask(bob, composeBody('GetUser', { UserName: 'nobody' }))).toEqual([403, 'AccessDenied']);
    expect(await ask(admin, composeBody('GetUser', { UserName: 'nobody' }))).toEqual([404, 'NoSuchEntity']);
  });
});

describe('keys', () => {
  it('that are unknown, Inactive or deleted are refused with the same words', async () => {
    const pair = await createKeyNow('bob');
    const target = { UserName: 'bob', AccessKeyId: pair.accessKeyId };
    const identify = async () => summarize(await call(endpoint, pair, 'GetCallerIdentity', {}, { date: now }));
    expect((await identify())[0]).toBe(200);
    await callWell(endpoint, admin, 'UpdateAccessKey', { ...target, Status: 'Inactive' }, { date: now });
    expect(await identify()).toEqual([403, 'InvalidClientTokenId', `${invalidToken}.`]);
    await callWell(endpoint, admin, 'UpdateAccessKey', { ...target, Status: 'Active' }, { date: now });
    expect((await identify())[0]).toBe(200);
    await callWell(endpoint, admin, 'DeleteAccessKey', target, { date: now });
    expect(await identify()).toEqual([403, 'InvalidClientTokenId', `${invalidToken}.`]);
    const unknown = { accessKeyId: 'AKIARZPUZDIKAAAAAAAA', secretAccessKey: 'x' };
    expect(summarize(await call(endpoint, unknown, 'GetCallerIdentity', {}, { date: now }))).toEqual([
      403,
      'InvalidClientTokenId',
      `${invalidToken}.`,
    ]);
  });

  it('that are long-term take no session token', async () => {
    const reply = await call(endpoint, { ...admin, sessionToken: 'made up' }, 'GetCallerIdentity', {}, { date: now });
    expect(summarize(reply)).toEqual([403, 'InvalidClientTokenId', invalidToken]);
  });

  it('with a wrong secret are told what AWS tells', async () => {
    const reply = await call(endpoint, { ...admin, secretAccessKey: 'no' }, 'GetCallerIdentity', {}, { date: now });
    expect(summarize(reply)).toEqual([403, 'SignatureDoesNotMatch', mismatch]);
    expect(reply.body).toContain('xmlns="https://sts.amazonaws.com/doc/2011-06-15/"');
  });

  it('of the root user may do everything', async () => {
    const { AccessKeyId, SecretAccessKey } = endpoint.issueRootKey();
    const root = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey.reveal() };
    const xml = await callWell(endpoint, root, 'GetCallerIdentity', {}, { date: now });
    expect(xml).toContain('<Arn>arn:aws:iam::123456789012:root</Arn>');
    expect(xml).toContain('<UserId>123456789012</UserId>');
    await callWell(endpoint, root, 'ListUsers', {}, { date: now });
    expect(() => endpoint.issueRootKey()).toThrow(expect.objectContaining({ code: 'ERR_QUOTA' }));
  });
});

describe('actions', () => {
  it('that are not served are told from unknown versions by nothing, and logged by name', async () => {
    const ask = async (text: string) =>
      post(endpoint.url, signBody(endpoint.url, admin, text, { date: now, service: 'iam' }), text);
    const missing = await ask('Action=CreateOpenIDConnectProvider&Version=2010-05-08');
    expect(summarize(missing)).toEqual([
      400,
      'InvalidAction',
      'Could not find operation CreateOpenIDConnectProvider for version 2010-05-08',
    ]);
    expect(missing.body).toContain('xmlns="http://webservices.amazon.com/AWSFault/2005-15-09"');
    expect(missing.body).toContain('<Type>Sender</Type>');
    expect(events).toContainEqual({
      kind: 'unknown-action',
      requestId: missing.headers.get('x-amzn-requestid'),
      service: 'iam',
      action: 'CreateOpenIDConnectProvider',
      version: '2010-05-08',
    });
    expect((await ask('Action=ListUsers')).message).toBe(
      'Could not find operation ListUsers for version NO_VERSION_SPECIFIED',
    );
    expect((await ask('Action=ListUsers&Version=2011-06-15')).code).toBe('InvalidAction');
    expect((await ask('Action=GetCallerIdentity&Version=2011-06-15')).code).toBe('InvalidAction');
    expect((await ask('Action=&Version=2010-05-08')).message).toBe('Could not find operation  for version 2010-05-08');
    expect(summarize(await ask('Version=2010-05-08'))).toEqual([400, 'MissingAction', 'Missing Action']);
    expect((await ask('Action=toString&Version=2010-05-08')).code).toBe('InvalidAction');
  });

  it('with broken escapes in the body are malformed', async () => {
    const text = 'Action=ListUsers&Version=2010-05-08&PathPrefix=%ZZ';
    const headers = signBody(endpoint.url, admin, text, { date: now, service: 'iam' });
    expect((await post(endpoint.url, headers, text)).status).toBe(400);
  });
});

describe('permissions', () => {
  it('let any user ask who it is, and nothing else', async () => {
    const xml = await callWell(endpoint, bob, 'GetCallerIdentity', {}, { date: now });
    expect(xml).toContain('<Arn>arn:aws:iam::123456789012:user/bob</Arn>');
    const denied = await call(endpoint, bob, 'CreateAccessKey', { UserName: 'BOB' }, { date: now });
    expect(summarize(denied)).toEqual([
      403,
      'AccessDenied',
      'User: arn:aws:iam::123456789012:user/bob is not authorized to perform: iam:CreateAccessKey on resource: user bob ' +
        'because no identity-based policy allows the iam:CreateAccessKey action',
    ]);
    const info = { AccessKeyId: bob.accessKeyId };
    expect((await call(endpoint, bob, 'GetAccessKeyInfo', info, { date: now })).message).toBe(
      'User: arn:aws:iam::123456789012:user/bob is not authorized to perform: sts:GetAccessKeyInfo ' +
        'because no identity-based policy allows the sts:GetAccessKeyInfo action',
    );
  });

  it('are not looked at when the endpoint is told so', async () => {
    await using open = await startEndpoint({ authorization: false });
    await callWell(open, administratorOf(open), 'CreateUser', { UserName: 'carl' });
    const carl = await createKey(open, 'carl');
    await callWell(open, carl, 'CreateUser', { UserName: 'dora' });
  });
});

describe('an answer', () => {
  it('has the headers of AWS, by the clock of the endpoint', async () => {
    const { headers, body } = await call(endpoint, admin, 'GetCallerIdentity', {}, { date: now });
    expect(headers.get('date')).toBe('Mon, 23 Nov 2026 10:00:00 GMT');
    expect(headers.get('content-type')).toBe('text/xml');
    expect(headers.get('content-length')).toBe(String(body.length));
    expect(body).toContain(`<RequestId>${headers.get('x-amzn-requestid') ?? ''}</RequestId>`);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('is given to a presigned GET, and to a GET with a signed header', async () => {
    const request = {
      method: 'GET',
      path: '/',
      query: 'Action=GetCallerIdentity&Version=2011-06-15',
      headers: [['Host', new URL(endpoint.url).host] as const],
      body: new Uint8Array(),
    };
    const options = { ...admin, region: 'eu-west-1', service: 'sts', date: now };
    const presigned = await fetch(`${endpoint.url}/?${signQuery(request, { ...options, expires: 60 }).query}`);
    expect(presigned.status).toBe(200);
    const headers = signHeaders(request, options).headers.map(([name, value]): [string, string] => [name, value]);
    expect((await fetch(`${endpoint.url}/?${request.query}`, { headers })).status).toBe(200);
  });

  it('to an unsigned request, whatever it wants, asks for a signature', async () => {
    const reply = await post(endpoint.url, [], composeBody('ListUsers'));
    expect(summarize(reply)).toEqual([403, 'MissingAuthenticationToken', 'Request is missing Authentication Token']);
  });
});
