import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { Secret } from '../../../src/secret.ts';
import { usualMembers } from '../../../src/sinks/json-pair.ts';
import { openSink, openSinks } from '../../../src/sinks/open-sink.ts';
import { parseSinkSpec } from '../../../src/sinks/sink-spec.ts';
import { makeFolder } from './temporary-folder.ts';
import { afresh } from './write-profile.ts';

const key = { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: new Secret('new+secret/=') };
const added = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = new+secret/=\n';

describe('parseSinkSpec', () => {
  it.each([
    ['terminal', { kind: 'terminal' }],
    ['profile:dev', { kind: 'profile', profile: 'dev', file: undefined }],
    ['profile:dev@~/x@y/credentials', { kind: 'profile', profile: 'dev', file: '~/x@y/credentials' }],
    ['profile:dev@C:\\keys', { kind: 'profile', profile: 'dev', file: 'C:\\keys' }],
    ['env-file:.env', { kind: 'env-file', file: '.env', prefix: '' }],
    ['env-file:a#b/.env#STAGING_', { kind: 'env-file', file: 'a#b/.env', prefix: 'STAGING_' }],
    ['env-file:a#b/.env#', { kind: 'env-file', file: 'a#b/.env', prefix: '' }],
    ['secretsmanager:app/key', { kind: 'secretsmanager', secret: 'app/key', members: usualMembers }],
    [
      'secretsmanager:arn:aws:secretsmanager:eu-west-1:1:secret:x-1#id,key',
      {
        kind: 'secretsmanager',
        secret: 'arn:aws:secretsmanager:eu-west-1:1:secret:x-1',
        members: { id: 'id', secret: 'key' },
      },
    ],
    ['ssm:/app/key', { kind: 'ssm', names: ['/app/key'] }],
    ['ssm:/app/id,/app/secret', { kind: 'ssm', names: ['/app/id', '/app/secret'] }],
    ['command:git.hub-1', { kind: 'command', command: 'git.hub-1' }],
  ])('%s', (text, sink) => {
    expect(parseSinkSpec(text)).toEqual({ spec: text, ...sink });
  });

  it.each([
    '',
    'dev',
    'terminal:x',
    'profile',
    'profile:',
    'profile:@x',
    'profile:dev@',
    'env-file:',
    'env-file:#X',
    'env-file:.env#1X',
    'env-file:a#b/.env',
    'ssm:',
    'ssm:a,',
    'ssm:a,a',
    'ssm:a,b,c',
    'secretsmanager:',
    'secretsmanager:x#a',
    'secretsmanager:x#a,a',
    'secretsmanager:a b',
    'command:',
    'command:a/b',
    'constructor:x',
  ])('refuses %j and says what there is', (text) => {
    expect(() => parseSinkSpec(text)).toThrow(
      expect.objectContaining({
        code: 'ERR_USAGE',
        message: `${JSON.stringify(text)} is not a place for a key`,
        hint: expect.stringMatching(/^use profile:NAME.*terminal$/) as string,
      }),
    );
  });
});

describe('openSink', () => {
  it('names the file and what is in it', () => {
    const world = { env: { AWS_SHARED_CREDENTIALS_FILE: '/keys' }, home: '/home/me' };
    const nameOf = (text: string): string => openSink(text, world).name;
    expect(nameOf('profile:dev')).toBe('profile dev in /keys');
    expect(nameOf('profile:dev@~/x')).toBe('profile dev in /home/me/x');
    expect(nameOf('env-file:.env#A_')).toBe(`A_AWS_ACCESS_KEY_ID and A_AWS_SECRET_ACCESS_KEY in ${resolve('.env')}`);
    expect(nameOf('terminal')).toBe('this terminal');
  });

  it('makes ~/.aws/credentials where there is none', async () => {
    const world = { env: {}, home: makeFolder() };
    const sink = openSink('profile:dev', world);
    await sink.check(undefined);
    await sink.deliver(key, afresh);
    expect(readFileSync(join(world.home, '.aws', 'credentials'), 'utf8')).toBe(`[dev]\n${added}`);
    await expect(sink.check(undefined)).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    await openSink('profile:dev', { ...world, force: true }).check(undefined);
  });

  it('goes by what the config file says of the profile, if it is about that credentials file', async () => {
    const home = makeFolder();
    const world = { env: {}, home };
    mkdirSync(join(home, '.aws'));
    writeFileSync(join(home, '.aws', 'config'), '[profile dev]\nsso_session = corp\n');
    for (const spec of ['profile:dev', 'profile:dev@~/.aws/credentials', 'profile:dev@~/.aws/config']) {
      await expect(openSink(spec, world).check(undefined)).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    }
    await openSink('profile:dev@~/other', world).check(undefined);
  });

  it('writes [profile NAME] into a config file', async () => {
    const home = makeFolder();
    await openSink('profile:dev@~/config', { env: {}, home }).deliver(key, afresh);
    expect(readFileSync(join(home, 'config'), 'utf8')).toBe(`[profile dev]\n${added}`);
  });

  it('writes an env file', async () => {
    const home = makeFolder();
    const sink = openSink('env-file:~/.env#A_', { env: {}, home });
    await sink.check(undefined);
    await sink.deliver(key, afresh);
    expect(readFileSync(join(home, '.env'), 'utf8')).toContain('A_AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n');
  });

  it('shows the key on the terminal, and says beforehand that there is none', async () => {
    const world = { env: {}, home: '/' };
    let shown = '';
    const show = (text: string): void => {
      shown += text;
    };
    const sink = openSink('terminal', { ...world, show });
    await sink.check(undefined);
    await sink.deliver({ ...key, SmtpPassword: new Secret('smtp') }, afresh);
    expect(shown).toBe('AccessKeyId      AKIAIOSFODNN7EXAMPLE\nSecretAccessKey  new+secret/=\nSmtpPassword     smtp\n');
    expect([sink.canRead, await sink.read(), await sink.restore('AKIA', afresh)]).toEqual([false, undefined, false]);
    const nowhere = openSink('terminal', world);
    await expect(nowhere.check(undefined)).rejects.toMatchObject({ code: 'ERR_USAGE' });
    await expect(nowhere.deliver(key, afresh)).rejects.toMatchObject({ code: 'ERR_USAGE' });
  });

  it('refuses a place that cannot hold an SMTP password', () => {
    const world = { env: {}, home: '/', withSmtpPassword: true };
    for (const spec of ['profile:dev', 'ssm:a,b']) {
      expect(() => openSink(spec, world)).toThrow(`${spec} cannot hold an SMTP password`);
    }
    openSink('env-file:.env', world);
  });
});

describe('openSinks', () => {
  it('refuses a place that is named twice', () => {
    const world = { env: {}, home: '/' };
    expect(openSinks(['terminal', 'profile:a', 'profile:b'], world).map(({ spec }) => spec)).toEqual([
      'terminal',
      'profile:a',
      'profile:b',
    ]);
    expect(() => openSinks(['terminal', 'profile:a', 'terminal'], world)).toThrow(
      '--to terminal is given more than once',
    );
  });
});
