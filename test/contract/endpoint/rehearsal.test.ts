import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectControl, startEndpoint, type Control, type Endpoint } from '../../../src/endpoint/index.ts';
import { administratorOf, call, callWell, readElement, type Pair } from './signed-call.ts';
import { callJson } from './signed-json-call.ts';

let endpoint: Endpoint;
let control: Control;
let admin: Pair;
/** The endpoint's time, which stands still unless a test moves it. */
let time: number;

beforeEach(async () => {
  time = Date.parse('2026-11-23T10:00:00Z');
  endpoint = await startEndpoint({ control: { token: 'open sesame' }, now: () => new Date(time) });
  control = connectControl(endpoint.url, 'open sesame');
  admin = administratorOf(endpoint);
});
afterEach(() => endpoint.close());

const ask = (pair: Pair, action: string, parameters: Record<string, string> = {}) =>
  call(endpoint, pair, action, parameters, { date: new Date(time) });
const askWell = (pair: Pair, action: string, parameters: Record<string, string> = {}) =>
  callWell(endpoint, pair, action, parameters, { date: new Date(time) });

async function makeKey(UserName: string): Promise<Pair> {
  const xml = await askWell(admin, 'CreateAccessKey', { UserName });
  return {
    accessKeyId: readElement(xml, 'AccessKeyId') ?? '',
    secretAccessKey: readElement(xml, 'SecretAccessKey') ?? '',
  };
}

/** Of so many identical calls, what each answered: its code, or the status where it has none. */
async function repeat(times: number, work: () => Promise<{ status: number; code: string | undefined }>) {
  const outcomes: string[] = [];
  for (let index = 0; index < times; index += 1) {
    const { status, code } = await work();
    outcomes.push(code ?? String(status));
  }
  return outcomes;
}

describe('eventual consistency', () => {
  const consistency = { delay: { from: '2s', to: '8s' }, replicas: 3 };

  it('lets a new key work here and there, and after a while everywhere', async () => {
    await askWell(admin, 'CreateUser', { UserName: 'bob' });
    await control.rehearse({ seed: '7', consistency });
    const bob = await makeKey('bob');
    const prove = () => ask(bob, 'GetCallerIdentity');
    expect(new Set(await repeat(9, prove))).toEqual(new Set(['InvalidClientTokenId']));
    time += 5_000;
    expect(new Set(await repeat(30, prove))).toEqual(new Set(['200', 'InvalidClientTokenId']));
    time += 3_000;
    expect(new Set(await repeat(9, prove))).toEqual(new Set(['200']));
  });

  it('lets an Inactive or deleted key go on for a while', async () => {
    await askWell(admin, 'CreateUser', { UserName: 'bob' });
    const bob = await makeKey('bob');
    const other = await makeKey('bob');
    await control.rehearse({ consistency: { delay: '5s', replicas: 2 } });
    await askWell(admin, 'UpdateAccessKey', { UserName: 'bob', AccessKeyId: bob.accessKeyId, Status: 'Inactive' });
    await askWell(admin, 'DeleteAccessKey', { UserName: 'bob', AccessKeyId: other.accessKeyId });
    time += 4_999;
    for (const pair of [bob, other]) expect((await ask(pair, 'GetCallerIdentity')).status).toBe(200);
    const seen = await askWell(admin, 'ListAccessKeys', { UserName: 'bob' });
    expect(seen.match(/<Status>Active</g)).toHaveLength(2);
    time += 1;
    for (const pair of [bob, other]) expect((await ask(pair, 'GetCallerIdentity')).code).toBe('InvalidClientTokenId');
    expect(await askWell(admin, 'ListAccessKeys', { UserName: 'bob' })).toMatch(/<Status>Inactive</);
  });

  it('lets users come, change their names and go late', async () => {
    for (const UserName of ['ann', 'cat', 'eve']) await askWell(admin, 'CreateUser', { UserName });
    await control.rehearse({ consistency: { delay: '5s', replicas: 1 } });
    await askWell(admin, 'CreateUser', { UserName: 'bob' });
    await askWell(admin, 'UpdateUser', { UserName: 'cat', NewUserName: 'dog' });
    await askWell(admin, 'DeleteUser', { UserName: 'eve' });
    const list = async () => {
      const names: string[] = [];
      let Marker: string | undefined;
      do {
        const xml = await askWell(admin, 'ListUsers', { MaxItems: '2', ...(Marker !== undefined && { Marker }) });
        names.push(...[...xml.matchAll(/<UserName>([^<]*)</g)].map(([, name]) => name ?? ''));
        Marker = readElement(xml, 'Marker');
      } while (Marker !== undefined);
      return names;
    };
    expect(await list()).toEqual(['admin', 'ann', 'cat', 'eve']);
    expect((await ask(admin, 'GetUser', { UserName: 'bob' })).code).toBe('NoSuchEntity');
    expect((await ask(admin, 'GetUser', { UserName: 'DOG' })).code).toBe('NoSuchEntity');
    expect((await ask(admin, 'GetUser', { UserName: 'CAT' })).status).toBe(200);
    time += 5_000;
    expect(await list()).toEqual(['admin', 'ann', 'bob', 'dog']);
    expect((await ask(admin, 'GetUser', { UserName: 'cat' })).code).toBe('NoSuchEntity');
  });

  it('counts and refuses by the truth', async () => {
    await control.rehearse({ consistency: { delay: '60s', replicas: 2 } });
    await askWell(admin, 'CreateUser', { UserName: 'bob' });
    expect((await ask(admin, 'CreateUser', { UserName: 'bob' })).code).toBe('EntityAlreadyExists');
    await makeKey('bob');
    await makeKey('bob');
    expect((await ask(admin, 'CreateAccessKey', { UserName: 'bob' })).code).toBe('LimitExceeded');
  });

  it('refuses a key whose user a replica has never heard of, or forgotten', async () => {
    await control.rehearse({ consistency: { delay: { from: 0, to: '9s' }, replicas: 5 }, seed: 'both' });
    await askWell(admin, 'CreateUser', { UserName: 'bob' });
    const bob = await makeKey('bob');
    time += 4_000;
    const early = await repeat(40, () => ask(bob, 'GetCallerIdentity'));
    expect(new Set(early)).toEqual(new Set(['200', 'InvalidClientTokenId']));
    time += 9_000;
    await askWell(admin, 'DeleteAccessKey', { UserName: 'bob', AccessKeyId: bob.accessKeyId });
    await askWell(admin, 'DeleteUser', { UserName: 'bob' });
    time += 4_000;
    const late = await repeat(40, () => ask(bob, 'GetCallerIdentity'));
    expect(new Set(late)).toEqual(new Set(['200', 'InvalidClientTokenId']));
  });

  it('is over at once when it is switched off', async () => {
    await askWell(admin, 'CreateUser', { UserName: 'bob' });
    await control.rehearse({ consistency: { delay: '60s' } });
    const bob = await makeKey('bob');
    expect((await ask(bob, 'GetCallerIdentity')).status).toBe(403);
    await control.rehearse({});
    expect((await ask(bob, 'GetCallerIdentity')).status).toBe(200);
  });
});

describe('throttling', () => {
  it('is a bucket of tokens for each action of each account', async () => {
    await control.rehearse({ throttling: [{ actions: ['iam:Get*'], rate: 2, burst: 3 }] });
    const get = () => ask(admin, 'GetUser');
    expect(await repeat(5, get)).toEqual(['200', '200', '200', 'Throttling', 'Throttling']);
    expect(await ask(admin, 'GetUser')).toMatchObject({ status: 400, message: 'Rate exceeded' });
    expect((await ask(admin, 'GetAccountSummary')).status).toBe(200);
    expect(await repeat(5, () => ask(admin, 'ListUsers'))).toEqual(Array(5).fill('200'));
    time += 1_000;
    expect(await repeat(3, get)).toEqual(['200', '200', 'Throttling']);
  });

  it('has the form of its service', async () => {
    await control.rehearse({ throttling: [{ rate: 0, burst: 1 }] });
    const lookUp = () => callJson(endpoint, admin, 'cloudtrail', 'LookupEvents', {}, { date: new Date(time) });
    expect((await lookUp()).status).toBe(200);
    expect(await lookUp()).toMatchObject({
      status: 400,
      json: { __type: 'ThrottlingException', Message: 'Rate exceeded' },
    });
  });
});

describe('faults', () => {
  it('are as many as asked for, after those that are spared', async () => {
    await control.rehearse({ faults: [{ kind: 'error', actions: ['GetUser'], skip: 1, count: 2 }] });
    expect(await repeat(5, () => ask(admin, 'GetUser'))).toEqual([
      ...['200', 'ServiceUnavailable', 'ServiceUnavailable'],
      ...['200', '200'],
    ]);
    expect(await control.hits()).toEqual([2]);
  });

  it('happen at a rate, the same ones each time', async () => {
    const runs: string[][] = [];
    for (const seed of ['1', '1', '2']) {
      await control.rehearse({ seed, faults: [{ kind: 'error', rate: 0.3, code: 'ServiceFailure', status: 500 }] });
      runs.push(await repeat(60, () => ask(admin, 'GetUser')));
    }
    const [first = [], second, third] = runs;
    expect(first).toEqual(second);
    expect(first).not.toEqual(third);
    const failed = first.filter((outcome) => outcome === 'ServiceFailure').length;
    expect(failed).toBeGreaterThan(8);
    expect(failed).toBeLessThan(32);
  });

  it('leave what they refuse undone, unless it is to be done', async () => {
    const fault = { kind: 'error', actions: ['iam:CreateUser'], count: 1 };
    await control.rehearse({ faults: [fault] });
    expect((await ask(admin, 'CreateUser', { UserName: 'one' })).status).toBe(503);
    expect((await ask(admin, 'GetUser', { UserName: 'one' })).code).toBe('NoSuchEntity');
    await control.rehearse({ faults: [{ ...fault, done: true, code: 'ServiceFailure', status: 500 }] });
    expect((await ask(admin, 'CreateUser', { UserName: 'two' })).code).toBe('ServiceFailure');
    expect((await ask(admin, 'GetUser', { UserName: 'two' })).status).toBe(200);
  });

  it('lose the answer to what was done', async () => {
    await control.rehearse({ faults: [{ kind: 'lost-answer', actions: ['iam:CreateAccessKey'], count: 1 }] });
    await expect(ask(admin, 'CreateAccessKey')).rejects.toThrow('fetch failed');
    const keys = await askWell(admin, 'ListAccessKeys');
    expect(keys.match(/<AccessKeyId>/g)).toHaveLength(2);
    expect(endpoint.requests().at(-2)).toMatchObject({ action: 'CreateAccessKey', status: 200 });
  });

  it('keep answers waiting', async () => {
    await control.rehearse({ faults: [{ kind: 'latency', actions: ['GetUser'], delay: 300 }] });
    const before = performance.now();
    await askWell(admin, 'ListUsers');
    const middle = performance.now();
    await askWell(admin, 'GetUser');
    expect(performance.now() - middle).toBeGreaterThanOrEqual(295);
    expect(middle - before).toBeLessThan(295);
  });

  it('are meant for one account where it is named', async () => {
    await control.rehearse({ faults: [{ kind: 'error', accountId: '111111111111' }] });
    expect((await ask(admin, 'GetUser')).status).toBe(200);
  });

  it('end with a reset', async () => {
    await control.rehearse({ faults: [{ kind: 'error' }], consistency: { delay: '60s' } });
    await control.reset();
    expect((await ask(admin, 'GetUser')).status).toBe(200);
    expect(await control.hits()).toEqual([]);
  });
});

describe('the client of the control API', () => {
  it('moves the clock', async () => {
    expect(await control.now()).toEqual(new Date(time));
    expect(await control.setClock(new Date('2030-01-01T00:00:00Z'))).toEqual(new Date('2030-01-01T00:00:00Z'));
    expect(await control.advanceClock('15m')).toEqual(new Date('2030-01-01T00:15:00Z'));
  });

  it('plants', async () => {
    const planted = await control.plant({ accounts: [{ accountId: '222222222222', users: [{ UserName: 'bob' }] }] });
    expect(planted).toEqual({ accounts: 1, users: 1, accessKeys: 0 });
  });

  it('lists requests', async () => {
    await askWell(admin, 'GetUser');
    await askWell(admin, 'ListUsers');
    expect(await control.requests(1)).toEqual([
      {
        id: expect.any(String) as string,
        time: new Date(time),
        action: 'ListUsers',
        AccessKeyId: admin.accessKeyId,
        status: 200,
      },
    ]);
    expect(await control.requests()).toHaveLength(2);
  });

  it.each([
    [
      'a rehearsal',
      { faults: [{ kind: 'earthquake' }] },
      'faults[0].kind of the rehearsal is none of error, latency, lost-answer',
    ],
    ['a rehearsal', { fault: [] }, 'fault of the rehearsal is not something it can say'],
    [
      'a rehearsal',
      { consistency: { delay: 'soon' } },
      'consistency.delay of the rehearsal is neither a duration nor two',
    ],
    ['a rehearsal', { throttling: [{}] }, 'throttling[0].rate of the rehearsal is missing'],
    [
      'a rehearsal',
      { faults: [{ kind: 'error', actions: ['drop table'] }] },
      'faults[0].actions[0] of the rehearsal is not the name of an action',
    ],
  ])('says why %s is refused: %j', async (_, document, message) => {
    await expect(control.rehearse(document)).rejects.toMatchObject({ code: 'ERR_USAGE', message });
  });

  it('says when it is not let in', async () => {
    await expect(connectControl(endpoint.url, 'wrong').now()).rejects.toMatchObject({ code: 'ERR_USAGE' });
    await expect(connectControl('http://127.0.0.1:1', 'x').now()).rejects.toMatchObject({ code: 'ERR_NETWORK' });
    await using closed = await startEndpoint();
    await expect(connectControl(closed.url, 'x').now()).rejects.toMatchObject({
      code: 'ERR_USAGE',
      message: `the control API of ${closed.url} is not open`,
    });
  });
});
