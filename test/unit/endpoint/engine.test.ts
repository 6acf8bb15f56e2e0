import { randomBytes, randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Engine } from '../../../src/endpoint/engine.ts';
import type { EndpointEvent } from '../../../src/endpoint/event.ts';
import { readSettings } from '../../../src/endpoint/options.ts';
import { signHeaders } from '../../../src/sigv4/sign.ts';

const pair = { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const now = new Date('2026-11-23T10:00:00Z');

let engine: Engine;
let events: EndpointEvent[];

beforeEach(() => {
  events = [];
  engine = open((event) => events.push(event));
});

afterEach(() => {
  engine.close();
});

function open(log: (event: EndpointEvent) => unknown): Engine {
  const settings = readSettings({ ...pair, now: () => now, log });
  return new Engine(settings, { random: randomBytes, drawRequestId: randomUUID });
}

function ask(Action: string, service = 'iam', secretAccessKey = pair.secretAccessKey) {
  return engine.answer(compose({ Action }, service, secretAccessKey));
}

function compose(
  parameters: Readonly<Record<string, string>>,
  service = 'iam',
  secretAccessKey = pair.secretAccessKey,
) {
  const Version = service === 'iam' ? '2010-05-08' : '2011-06-15';
  const body = Buffer.from(new URLSearchParams({ ...parameters, Version }).toString());
  const request = { method: 'POST', path: '/', query: '', headers: [['Host', 'localhost'] as const], body };
  const signed = signHeaders(request, { ...pair, secretAccessKey, service, region: 'us-east-1', date: now });
  return { ...signed, sourceAddress: '192.0.2.1' };
}

describe('what the endpoint did not expect', () => {
  it('is told to the log and not to the caller', () => {
    const { directory } = engine;
    const cause = new Error('disk full: /very/private/path');
    Object.defineProperty(directory.users, 'list', {
      value: () => {
        throw cause;
      },
    });
    const { status, body, requestId } = ask('ListUsers');
    expect(status).toBe(500);
    expect(body).toContain('<Type>Receiver</Type>\n    <Code>ServiceFailure</Code>');
    expect(body).not.toContain('private');
    expect(events).toContainEqual({ kind: 'failed', requestId, cause });
  });

  it('is an InternalFailure of STS', () => {
    Object.defineProperty(engine.directory.users, 'findById', {
      value: () => {
        throw new Error('no');
      },
    });
    expect(ask('GetCallerIdentity', 'sts').body).toContain('<Code>InternalFailure</Code>');
  });

  it('in a log stops no request', () => {
    engine.close();
    engine = open(() => {
      throw new Error('the log is full');
    });
    expect(ask('GetCallerIdentity', 'sts').status).toBe(200);
  });
});

describe('the requests that were answered', () => {
  it('are remembered with what they wanted, refused or not', () => {
    ask('GetCallerIdentity', 'sts');
    ask('ListUsers', 'iam', 'wrong');
    const broken = { method: 'GET', path: '/', query: 'Action=ListUsers%ZZ', headers: [], body: new Uint8Array() };
    engine.answer({ ...broken, sourceAddress: '192.0.2.1' });
    const ids = engine.answered.list().map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(engine.answered.list()).toMatchObject([
      { time: now, action: 'GetCallerIdentity', AccessKeyId: pair.accessKeyId, status: 200 },
      { time: now, action: 'ListUsers', AccessKeyId: pair.accessKeyId, status: 403 },
      { time: now, action: undefined, AccessKeyId: undefined, status: 400 },
    ]);
  });

  it('take no more room for a long action', () => {
    ask('A'.repeat(100_000));
    expect(engine.answered.list()[0]?.action).toHaveLength(128);
  });
});

describe('requests that come together', () => {
  const requests = ['bob', 'Bob', 'eve'].map((UserName) => compose({ Action: 'CreateUser', UserName }));

  it('are answered in their order, each seeing what those before it did', () => {
    expect(engine.answerTogether([...requests, compose({ Action: 'ListUsers' })])).toMatchObject([
      { status: 200 },
      { status: 409 },
      { status: 200 },
      { status: 200, body: expect.stringMatching(/admin.*bob.*eve/s) as string },
    ]);
    expect(engine.answered.list().map(({ status }) => status)).toEqual([200, 409, 200, 200]);
  });

  it('are answered one by one, and put on record once, where they cannot be kept together', () => {
    const { directory } = engine;
    const run = directory.writeGroup.run.bind(directory.writeGroup);
    Object.defineProperty(directory.writeGroup, 'run', {
      value: (pieces: readonly (() => unknown)[]) =>
        run([
          ...pieces,
          () => {
            throw new Error('the disk is full');
          },
        ]),
    });
    expect(engine.answerTogether(requests)).toMatchObject([{ status: 200 }, { status: 409 }, { status: 200 }]);
    expect(engine.answered.list().map(({ status }) => status)).toEqual([200, 409, 200]);
    expect(directory.users.count(engine.accountId)).toBe(3);
  });
});

describe('memory', () => {
  it('does not grow with what requests hold', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const readHeap = () => {
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const before = readHeap();
    for (let turn = 0; turn < 200; turn++) {
      const body = Buffer.from(`Action=AnActionWithALongName${turn}&Version=2010-05-08&${'x'.repeat(1_000_000)}`);
      const request = { method: 'POST', path: '/', query: '', headers: [['Host', 'localhost'] as const], body };
      const signed = signHeaders(request, { ...pair, service: 'iam', region: 'us-east-1', date: now });
      for (const sent of [request, signed]) engine.answer({ ...sent, sourceAddress: '192.0.2.1' });
    }
    expect(engine.answered.list()).toHaveLength(400);
    expect(readHeap() - before).toBeLessThan(50_000_000);
  });
});

describe('signing keys', () => {
  it('are dropped when their key changes', () => {
    ask('ListUsers');
    const { directory, signingKeys } = engine;
    const scope = { date: '20261123', region: 'us-east-1', service: 'iam' };
    const SecretAccessKey = engine.administrator.secretAccessKey;
    if (SecretAccessKey === undefined) throw new Error('the secret is not known');
    const find = () => signingKeys.find(pair.accessKeyId, SecretAccessKey, scope);
    const derived = find();
    expect(find()).toBe(derived);
    directory.accessKeys.setStatus(pair.accessKeyId, 'Inactive');
    const afterChange = find();
    expect(afterChange).not.toBe(derived);
    directory.accessKeys.delete(pair.accessKeyId);
    expect(find()).not.toBe(afterChange);
  });
});
