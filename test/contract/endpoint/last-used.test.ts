// Last use: what counts as one, when it is seen, and what AWS's granularity hides.
import { afterEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint, type EndpointOptions } from '../../../src/endpoint/index.ts';
import { administratorOf, call, callWell, createKey, readElement, type Pair } from './signed-call.ts';

const start = Date.parse('2026-11-23T10:00:00Z');
const minute = 60_000;

let endpoint: Endpoint;
let minutes = 0;

afterEach(() => endpoint.close());

async function startAt(options: EndpointOptions = {}): Promise<Pair> {
  minutes = 0;
  endpoint = await startEndpoint({ now: () => new Date(start + minutes * minute), ...options });
  endpoint.setClock(new Date());
  await callWell(endpoint, administratorOf(endpoint), 'CreateUser', { UserName: 'bob' });
  const bob = await createKey(endpoint, 'bob');
  endpoint.setClock(new Date(start));
  return bob;
}

/** Region, service and time of a key's last use, asked for by the administrator. */
async function readLastUse({ accessKeyId: AccessKeyId }: Pair): Promise<(string | undefined)[]> {
  const date = new Date(start + minutes * minute);
  const xml = await callWell(endpoint, administratorOf(endpoint), 'GetAccessKeyLastUsed', { AccessKeyId }, { date });
  return ['Region', 'ServiceName', 'LastUsedDate'].map((name) => readElement(xml, name));
}

async function use(pair: Pair, Action: string, region: string): Promise<number> {
  const date = new Date(start + minutes * minute);
  return (await call(endpoint, pair, Action, {}, { date, region })).status;
}

describe('the last use of a key', () => {
  it('is that of the latest verified request, allowed or not, seen at once', async () => {
    const bob = await startAt();
    expect(await readLastUse(bob)).toEqual(['N/A', 'N/A', undefined]);
    expect(await use(bob, 'GetCallerIdentity', 'eu-west-1')).toBe(200);
    expect(await readLastUse(bob)).toEqual(['eu-west-1', 'sts', '2026-11-23T10:00:00Z']);
    minutes = 1;
    expect(await use(bob, 'ListUsers', 'us-east-1')).toBe(403);
    expect(await readLastUse(bob)).toEqual(['us-east-1', 'iam', '2026-11-23T10:01:00Z']);
  });

  it('is not that of a request that was not verified', async () => {
    const bob = await startAt();
    expect(await use({ ...bob, secretAccessKey: 'wrong' }, 'GetCallerIdentity', 'eu-west-1')).toBe(403);
    expect(await readLastUse(bob)).toEqual(['N/A', 'N/A', undefined]);
  });

  it.each([
    [{}, {}, '0'],
    [{ lastUsedGranularity: 15 * minute }, {}, '900'],
    [{ lastUsedGranularity: 1_500 }, { faults: [{ kind: 'latency', delay: 0 }] }, '1.5'],
    [{}, { consistency: { delay: '1s', replicas: 1 } }, null],
  ])('is announced: %j in the rehearsal %j', async (options, rehearsal, seconds) => {
    const bob = await startAt(options);
    endpoint.rehearse(rehearsal);
    const date = new Date(start);
    for (const pair of [bob, { ...bob, secretAccessKey: 'wrong' }]) {
      const { headers } = await call(endpoint, pair, 'GetCallerIdentity', {}, { date });
      expect(headers.get('x-keyturn-last-used-granularity')).toBe(seconds);
    }
    endpoint.rehearse({});
    expect((await call(endpoint, bob, 'ListUsers', {}, { date })).headers.has('x-keyturn-last-used-granularity')).toBe(
      true,
    );
  });

  it('of a role is that of the latest request of its sessions', async () => {
    await startAt();
    const date = new Date(start);
    const trust = { Effect: 'Allow', Principal: { AWS: endpoint.accountId }, Action: 'sts:AssumeRole' };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust });
    const ask = (action: string, parameters: Readonly<Record<string, string>>) =>
      callWell(endpoint, administratorOf(endpoint), action, { RoleName: 'deploy', ...parameters }, { date });
    const readUse = async () =>
      /<RoleLastUsed>(.*)<\/RoleLastUsed>|<RoleLastUsed\/>/s.exec(await ask('GetRole', {}))?.[1]?.replaceAll(/\s/g, '');
    const RoleArn = readElement(await ask('CreateRole', { AssumeRolePolicyDocument }), 'Arn') ?? '';
    const xml = await ask('AssumeRole', { RoleArn, RoleSessionName: 'run' });
    expect(await readUse()).toBeUndefined();
    const [accessKeyId = '', secretAccessKey = '', sessionToken = ''] = [
      'AccessKeyId',
      'SecretAccessKey',
      'SessionToken',
    ].map((name) => readElement(xml, name));
    await use({ accessKeyId, secretAccessKey, sessionToken }, 'GetCallerIdentity', 'eu-west-1');
    const expected = '<LastUsedDate>2026-11-23T10:00:00Z</LastUsedDate><Region>eu-west-1</Region>';
    expect(await readUse()).toBe(expected);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await readUse()).toBe(expected);
  });

  it('with a granularity is that of the first in its span', async () => {
    const bob = await startAt({ lastUsedGranularity: 15 * minute });
    await use(bob, 'GetCallerIdentity', 'eu-west-1');
    minutes = 14;
    await use(bob, 'ListUsers', 'us-east-1');
    expect(await readLastUse(bob)).toEqual(['eu-west-1', 'sts', '2026-11-23T10:00:00Z']);
    minutes = 15;
    await use(bob, 'ListUsers', 'us-east-1');
    expect(await readLastUse(bob)).toEqual(['us-east-1', 'iam', '2026-11-23T10:15:00Z']);
  });
});
