// The control API: who may use it, and what it does.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../src/endpoint/index.ts';
import { administratorOf, call, callWell, createKey } from './signed-call.ts';

let endpoint: Endpoint;

beforeEach(async () => {
  endpoint = await startEndpoint({ control: { token: 'open sesame' } });
});

afterEach(() => endpoint.close());

async function control(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${endpoint.url}/_keyturn/${path}`, {
    method,
    headers: { Authorization: 'Bearer open sesame', ...headers },
    ...(body !== undefined && { body }),
  });
  expect(response.headers.get('content-type')).toBe('application/json');
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

describe('the control API', () => {
  it('is closed unless it was asked for', async () => {
    await using closed = await startEndpoint();
    expect(closed.controlToken).toBeUndefined();
    const response = await fetch(`${closed.url}/_keyturn/clock`);
    expect([response.status, await response.text()]).toEqual([
      403,
      expect.stringContaining('MissingAuthenticationToken'),
    ]);
  });

  it('draws a token of its own', async () => {
    await using open = await startEndpoint({ control: true });
    const headers = { Authorization: `Bearer ${open.controlToken?.reveal() ?? ''}` };
    expect((await fetch(`${open.url}/_keyturn/clock`, { headers })).status).toBe(200);
  });

  it('wants the token and no web page', async () => {
    expect(endpoint.controlToken?.reveal()).toBe('open sesame');
    for (const Authorization of ['', 'Bearer ', 'Bearer open sesam', 'Basic open sesame', 'Bearer open sesame!']) {
      expect((await control('GET', 'clock', undefined, { Authorization })).status).toBe(401);
    }
    expect((await control('GET', 'clock', undefined, { Origin: 'null' })).status).toBe(403);
  });

  it('moves the clock for dates, signatures and last uses', async () => {
    const admin = administratorOf(endpoint);
    expect(await control('POST', 'clock', '{"now":"2030-01-01T00:00:00Z"}')).toMatchObject({
      status: 200,
      json: { now: expect.stringMatching(/^2030-01-01T00:00:0/) as string },
    });
    expect((await call(endpoint, admin, 'GetCallerIdentity')).message).toMatch(/^Signature expired: /);
    const date = new Date('2030-01-01T00:00:00Z');
    const user = await callWell(endpoint, admin, 'CreateUser', { UserName: 'bob' }, { date });
    expect(user).toMatch(/<CreateDate>2030-01-01T00:00:0\dZ</);
    const { json } = await control('POST', 'clock', '{"advance":"15m"}');
    expect(json.now).toMatch(/^2030-01-01T00:15:0/);
    expect((await control('GET', 'clock')).json.now).toMatch(/^2030-01-01T00:15:0/);
    const last = { AccessKeyId: admin.accessKeyId };
    const later = new Date('2030-01-01T00:15:00Z');
    expect(await callWell(endpoint, admin, 'GetAccessKeyLastUsed', last, { date: later })).toMatch(
      /<LastUsedDate>2030-01-01T00:15:0\dZ</,
    );
  });

  it('resets to what the first start made', async () => {
    const admin = administratorOf(endpoint);
    await callWell(endpoint, admin, 'CreateUser', { UserName: 'bob' });
    const bob = await createKey(endpoint, 'bob');
    endpoint.issueRootKey();
    await control('POST', 'clock', '{"advance":"24h"}');
    await control('POST', 'reset');
    expect(await callWell(endpoint, admin, 'ListUsers')).not.toContain('bob');
    expect((await call(endpoint, bob, 'GetCallerIdentity')).code).toBe('InvalidClientTokenId');
    expect(endpoint.requests().map((request) => request.action)).toEqual(['ListUsers', 'GetCallerIdentity']);
    endpoint.issueRootKey();
    endpoint.issueRootKey();
  });

  it('lists the latest requests without what is secret', async () => {
    const admin = administratorOf(endpoint);
    for (const UserName of ['a', 'b']) await call(endpoint, admin, 'GetUser', { UserName });
    await callWell(endpoint, admin, 'GetCallerIdentity');
    const { json } = await control('GET', 'requests?limit=2');
    expect(json).toEqual({
      requests: [
        {
          id: expect.any(String) as string,
          time: expect.any(String) as string,
          action: 'GetUser',
          AccessKeyId: admin.accessKeyId,
          status: 404,
        },
        {
          id: expect.any(String) as string,
          time: expect.any(String) as string,
          action: 'GetCallerIdentity',
          AccessKeyId: admin.accessKeyId,
          status: 200,
        },
      ],
    });
    expect((await control('GET', 'requests')).json.requests).toHaveLength(3);
    expect((await control('GET', 'requests?limit=0')).json.requests).toEqual([]);
  });

  it('refuses what it cannot read', async () => {
    const wrong = ['', '{', 'null', '"now"', '{}', '{"now":5}', '{"now":"soon"}', '{"advance":"15"}'];
    for (const body of [...wrong, '{"advance":"999999999d"}', `{"now":"${'9'.repeat(5000)}"}`]) {
      expect((await control('POST', 'clock', body)).status, body).toBe(400);
    }
    expect((await control('GET', 'requests?limit=-1')).status).toBe(400);
    expect((await control('GET', 'nothing')).status).toBe(404);
    expect((await control('GET', 'reset')).status).toBe(404);
    expect((await control('GET', 'clock')).status).toBe(200);
  });
});
