// What a data folder keeps, and whom it lets in.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type EndpointOptions } from '../../../src/endpoint/index.ts';
import { administratorOf, callWell, createKey, readElement } from './signed-call.ts';

let data: string;

beforeEach(() => {
  data = join(mkdtempSync(join(tmpdir(), 'keyturn-data-')), 'endpoint');
});

afterEach(() => {
  rmSync(join(data, '..'), { recursive: true });
});

async function fail(options: EndpointOptions): Promise<unknown> {
  const endpoint = await startEndpoint(options).catch((error: unknown) => error);
  if (endpoint instanceof Error) return endpoint;
  throw new Error('the endpoint has started');
}

describe('a data folder', () => {
  it('keeps users, keys, tags, uses, sessions and statuses over restarts', async () => {
    const first = await startEndpoint({ data });
    const admin = administratorOf(first);
    await callWell(first, admin, 'CreateUser', {
      UserName: 'bob',
      'Tags.member.1.Key': 'a',
      'Tags.member.1.Value': 'b',
    });
    const key = await createKey(first, 'bob');
    const inactive = await createKey(first, 'bob');
    const target = { UserName: 'bob', AccessKeyId: inactive.accessKeyId, Status: 'Inactive' };
    await callWell(first, admin, 'UpdateAccessKey', target);
    await callWell(first, key, 'GetCallerIdentity', {}, { region: 'eu-west-1' });
    const { AccessKeyId, SecretAccessKey, SessionToken } = first.issueSession({ kind: 'user' });
    await first.close();

    await using second = await startEndpoint({ data });
    expect(second.administrator).toEqual({ ...first.administrator, secretAccessKey: undefined });
    expect(second.environment()).not.toHaveProperty('AWS_ACCESS_KEY_ID');
    const keys = await callWell(second, admin, 'ListAccessKeys', { UserName: 'bob' });
    expect(keys.match(/<Status>\w+/g)).toEqual(['<Status>Active', '<Status>Inactive']);
    const use = await callWell(second, admin, 'GetAccessKeyLastUsed', { AccessKeyId: key.accessKeyId });
    expect(readElement(use, 'Region')).toBe('eu-west-1');
    expect(await callWell(second, admin, 'ListUserTags', { UserName: 'bob' })).toContain('<Key>a</Key>');
    const session = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey.reveal(),
      sessionToken: SessionToken.reveal(),
    };
    await callWell(second, session, 'GetCallerIdentity');
  });

  it('goes with one endpoint at a time', async () => {
    const first = await startEndpoint({ data });
    expect(await fail({ data })).toMatchObject({
      code: 'ERR_FILE',
      message: `the data folder ${data} is in use by another endpoint`,
    });
    await first.close();
    await (await startEndpoint({ data })).close();
  });

  it('begins with the pair that is given, and later knows it or refuses it', async () => {
    const pair = { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
    await (await startEndpoint({ data, ...pair, accountId: '111122223333' })).close();
    const again = await startEndpoint({ data, ...pair });
    expect(again.accountId).toBe('111122223333');
    expect(again.environment()).toMatchObject({ AWS_SECRET_ACCESS_KEY: pair.secretAccessKey });
    expect(await callWell(again, pair, 'GetCallerIdentity')).toContain('111122223333');
    const second = await createKey(again, 'admin');
    await callWell(again, pair, 'CreateUser', { UserName: 'bob' });
    const bob = await createKey(again, 'bob');
    await again.close();
    await (await startEndpoint({ data, ...second })).close();
    expect(await fail({ data, ...bob })).toMatchObject({ code: 'ERR_USAGE' });
    expect(await fail({ data, ...pair, secretAccessKey: 'another' })).toMatchObject({ code: 'ERR_USAGE' });
    expect(await fail({ data, ...pair, accessKeyId: 'AKIDEXAMPLEANOTHER' })).toMatchObject({ code: 'ERR_USAGE' });
    expect(await fail({ data, accountId: '999999999999' })).toMatchObject({
      code: 'ERR_USAGE',
      message: `the data folder ${data} holds the account 111122223333, not 999999999999`,
    });
    await (await startEndpoint({ data })).close();
  });
});

describe('options that cannot be carried out', () => {
  it('are refused before anything is opened', async () => {
    const wrong: EndpointOptions[] = [
      { port: 70_000 },
      { port: 1.5 },
      { accountId: '12' },
      { accessKeyId: 'AKIDEXAMPLEEXAMPLE' },
      { secretAccessKey: 'secret' },
      { accessKeyId: 'short', secretAccessKey: 'secret' },
      { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: '' },
      { lastUsedGranularity: -1 },
      { lastUsedGranularity: Number.NaN },
      { host: '' },
      { data: '' },
      { control: { token: '' } },
    ];
    for (const options of wrong) {
      expect(await fail({ data, ...options }), JSON.stringify(options)).toMatchObject({ code: 'ERR_USAGE' });
    }
  });

  it('include a port in use and an address of another machine, and give the folder back', async () => {
    await using first = await startEndpoint();
    expect(await fail({ data, port: first.port })).toMatchObject({
      code: 'ERR_USAGE',
      message: `port ${first.port} of 127.0.0.1 is in use`,
    });
    expect(await fail({ data, host: '192.0.2.1' })).toMatchObject({ code: 'ERR_USAGE' });
    await (await startEndpoint({ data })).close();
  });
});
