import { describe, expect, it } from 'vitest';
import { describeEvent } from '../../../../src/cli/commands/serve-events.ts';
import { readServeInput, type ServeFlags } from '../../../../src/cli/commands/serve-input.ts';
import { describeStart } from '../../../../src/cli/commands/serve-start.ts';
import { Secret } from '../../../../src/secret.ts';

const flags: ServeFlags = {
  port: '7411',
  host: '127.0.0.1',
  usersQuota: '5000',
  authorization: true,
  lastUsedGranularity: '0s',
};

describe('readServeInput', () => {
  it('keeps everything in the default folder where nothing else is said', () => {
    expect(readServeInput(flags, {}, '/data')).toEqual({
      host: '127.0.0.1',
      port: 7411,
      allowHosts: [],
      authorization: true,
      usersQuota: 5_000,
      lastUsedGranularity: 0,
      control: false,
      data: '/data',
    });
  });

  it('takes the pair from the environment, unless there is one in the options', () => {
    const env = { KEYTURN_SERVE_ACCESS_KEY_ID: 'AKIAENV', KEYTURN_SERVE_SECRET_ACCESS_KEY: 's1' };
    expect(readServeInput(flags, env, '')).toMatchObject({ accessKeyId: 'AKIAENV', secretAccessKey: 's1' });
    const given = { ...flags, accessKeyId: 'AKIAFLAG' };
    const input = readServeInput(given, env, '');
    expect(input.accessKeyId).toBe('AKIAFLAG');
    expect(input.secretAccessKey).toBeUndefined();
  });

  it('reads the rest', () => {
    const env = { KEYTURN_CONTROL_TOKEN: 'token' };
    const given = { ...flags, port: '0', memory: true, lastUsedGranularity: '15m', control: true, accountId: '1' };
    const input = readServeInput(given, env, '/data');
    expect(input).toMatchObject({ port: 0, lastUsedGranularity: 900_000, control: { token: 'token' }, accountId: '1' });
    expect(input).not.toHaveProperty('data');
    expect(readServeInput({ ...flags, control: true }, {}, '').control).toBe(true);
  });

  it.each(['', '-1', '65536', '1e3', '0x50', ' 80'])('refuses the port %j', (port) => {
    expect(() => readServeInput({ ...flags, port }, {}, '')).toThrow(expect.objectContaining({ code: 'ERR_USAGE' }));
  });

  it('takes what stands in files as it is', () => {
    const documents = { seed: { accounts: [] }, rehearsal: { seed: '7' } };
    expect(readServeInput(flags, {}, '', documents)).toMatchObject(documents);
  });

  it.each(['', '0', '-1', '1.5', '1e9'])('refuses the quota %j', (usersQuota) => {
    expect(() => readServeInput({ ...flags, usersQuota }, {}, '')).toThrow(
      expect.objectContaining({ code: 'ERR_USAGE' }),
    );
  });

  it.each(['', '15', 'm', '-1s', '1.5h', '1w'])('refuses the granularity %j', (lastUsedGranularity) => {
    expect(() => readServeInput({ ...flags, lastUsedGranularity }, {}, '')).toThrow(
      expect.objectContaining({ code: 'ERR_USAGE' }),
    );
  });
});

describe('describeStart', () => {
  const administrator = {
    UserName: 'admin' as const,
    accessKeyId: 'AKIARZPUZDIKAAAAAAAA',
    secretAccessKey: new Secret('hunter2'),
  };
  const endpoint = { url: 'http://127.0.0.1:7411', administrator };
  const input = { host: '127.0.0.1', data: '/data' };

  it('gives lines to paste, with the secret where it may be shown', () => {
    expect(describeStart(endpoint, input, true)).toEqual({
      paste: [
        'listening on http://127.0.0.1:7411',
        'unset AWS_PROFILE AWS_SESSION_TOKEN',
        'export AWS_ENDPOINT_URL_IAM=http://127.0.0.1:7411 AWS_ENDPOINT_URL_STS=http://127.0.0.1:7411 AWS_ENDPOINT_URL_ORGANIZATIONS=http://127.0.0.1:7411 AWS_ENDPOINT_URL_CLOUDTRAIL=http://127.0.0.1:7411 AWS_ACCESS_KEY_ID=AKIARZPUZDIKAAAAAAAA AWS_SECRET_ACCESS_KEY=hunter2 AWS_REGION=us-east-1',
        '',
      ].join('\n'),
      warnings: [],
      talk: ['everything is kept in /data'],
    });
  });

  it('keeps the secret back elsewhere, and says how to have it', () => {
    const { paste, warnings } = describeStart(endpoint, input, false);
    expect(paste).not.toContain('SECRET');
    expect(warnings).toEqual([expect.stringContaining('--print-credentials')]);
  });

  it('says that a secret of an earlier start is not told again', () => {
    const known = { ...endpoint, administrator: { ...administrator, secretAccessKey: undefined } };
    expect(describeStart(known, input, true).warnings).toEqual([expect.stringContaining('first start')]);
  });

  it('warns of a host that others can reach', () => {
    expect(describeStart(endpoint, { host: '0.0.0.0' }, true).warnings).toEqual([
      expect.stringContaining('other machines'),
    ]);
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '::1']) {
      expect(describeStart(endpoint, { host }, true).warnings).toEqual([]);
    }
  });

  it('prints a control token that was drawn, and none that was given', () => {
    const controlled = { ...endpoint, controlToken: new Secret('drawn') };
    expect(describeStart(controlled, { ...input, control: true }, false).paste).toContain(
      'KEYTURN_CONTROL_TOKEN=drawn\n',
    );
    expect(describeStart(controlled, { ...input, control: { token: 'x' } }, true).paste).not.toContain('TOKEN=');
  });
});

describe('describeEvent', () => {
  const request = {
    id: 'r-1',
    time: new Date('2026-11-21T20:00:00Z'),
    action: 'ListUsers',
    AccessKeyId: 'AKIA',
    status: 200,
  };

  it('tells a request with --debug alone', () => {
    expect(describeEvent({ kind: 'answered', request }, false)).toBeUndefined();
    expect(describeEvent({ kind: 'answered', request }, true)).toBe('2026-11-21T20:00:00Z 200 ListUsers AKIA r-1');
  });

  it('names an action that is not there', () => {
    const event = {
      kind: 'unknown-action',
      requestId: 'r-1',
      service: 'iam',
      action: 'CreateRole',
      version: '2010-05-08',
    } as const;
    expect(describeEvent(event, false)).toContain('CreateRole');
  });

  it('says why something failed, with the stack for --debug alone', () => {
    const event = { kind: 'failed', requestId: 'r-1', cause: new Error('broken') } as const;
    expect(describeEvent(event, false)).toBe('request r-1 failed: broken');
    expect(describeEvent(event, true)).toContain('at ');
  });
});
