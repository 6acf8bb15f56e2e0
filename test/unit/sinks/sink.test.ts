import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { Secret } from '../../../src/secret.ts';
import { checkSink, deliverKey, describeSink, parseSink } from '../../../src/sinks/sink.ts';
import { makeFolder } from './temporary-folder.ts';

const key = { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: new Secret('new+secret/=') };
const added = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = new+secret/=\n';

describe('parseSink', () => {
  it.each([
    ['terminal', { kind: 'terminal' }],
    ['profile:dev', { kind: 'profile', profile: 'dev', file: undefined }],
    ['profile:dev@~/x@y/credentials', { kind: 'profile', profile: 'dev', file: '~/x@y/credentials' }],
    ['profile:dev@C:\\keys', { kind: 'profile', profile: 'dev', file: 'C:\\keys' }],
    ['env-file:.env', { kind: 'env-file', file: '.env', prefix: '' }],
    ['env-file:a#b/.env#STAGING_', { kind: 'env-file', file: 'a#b/.env', prefix: 'STAGING_' }],
    ['env-file:a#b/.env#', { kind: 'env-file', file: 'a#b/.env', prefix: '' }],
  ])('%s', (text, sink) => {
    expect(parseSink(text)).toEqual(sink);
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
    'ssm:/x',
    'secretsmanager:x',
    'command:x',
  ])('refuses %j and says what there is', (text) => {
    expect(() => parseSink(text)).toThrow(
      expect.objectContaining({
        code: 'ERR_USAGE',
        message: `${JSON.stringify(text)} is not a place for a key`,
        hint: 'use profile:NAME, profile:NAME@FILE, env-file:PATH, env-file:PATH#PREFIX or terminal',
      }),
    );
  });
});

describe('describeSink', () => {
  it('names the file and what is in it', () => {
    const context = { env: { AWS_SHARED_CREDENTIALS_FILE: '/keys' }, home: '/home/me' };
    const describeText = (text: string): string => describeSink(parseSink(text), context);
    expect(describeText('profile:dev')).toBe('profile dev in /keys');
    expect(describeText('profile:dev@~/x')).toBe('profile dev in /home/me/x');
    expect(describeText('env-file:.env#A_')).toBe(
      `A_AWS_ACCESS_KEY_ID and A_AWS_SECRET_ACCESS_KEY in ${resolve('.env')}`,
    );
    expect(describeText('terminal')).toBe('this terminal');
  });
});

describe('deliverKey', () => {
  it('makes ~/.aws/credentials where there is none', async () => {
    const context = { env: {}, home: makeFolder() };
    const sink = parseSink('profile:dev');
    await checkSink(sink, context);
    await deliverKey(sink, key, context);
    expect(readFileSync(join(context.home, '.aws', 'credentials'), 'utf8')).toBe(`[dev]\n${added}`);
    await expect(checkSink(sink, context)).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    await checkSink(sink, { ...context, force: true });
  });

  it('goes by what the config file says of the profile, if it is about that credentials file', async () => {
    const home = makeFolder();
    const context = { env: {}, home };
    mkdirSync(join(home, '.aws'));
    writeFileSync(join(home, '.aws', 'config'), '[profile dev]\nsso_session = corp\n');
    await expect(checkSink(parseSink('profile:dev'), context)).rejects.toMatchObject({ code: 'ERR_REFUSED' });
    await expect(checkSink(parseSink('profile:dev@~/.aws/credentials'), context)).rejects.toMatchObject({
      code: 'ERR_REFUSED',
    });
    await checkSink(parseSink('profile:dev@~/other'), context);
  });

  it('writes [profile NAME] into a config file', async () => {
    const home = makeFolder();
    await deliverKey(parseSink('profile:dev@~/config'), key, { env: {}, home });
    expect(readFileSync(join(home, 'config'), 'utf8')).toBe(`[profile dev]\n${added}`);
  });

  it('writes an env file', async () => {
    const home = makeFolder();
    const sink = parseSink('env-file:~/.env#A_');
    await checkSink(sink, { env: {}, home });
    await deliverKey(sink, key, { env: {}, home });
    expect(readFileSync(join(home, '.env'), 'utf8')).toContain('A_AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n');
  });

  it('shows the key on the terminal, and says beforehand that there is none', async () => {
    const context = { env: {}, home: '/' };
    let shown = '';
    const show = (text: string): void => {
      shown += text;
    };
    await deliverKey({ kind: 'terminal' }, key, { ...context, show });
    expect(shown).toBe('AccessKeyId      AKIAIOSFODNN7EXAMPLE\nSecretAccessKey  new+secret/=\n');
    await checkSink({ kind: 'terminal' }, { ...context, show });
    await expect(checkSink({ kind: 'terminal' }, context)).rejects.toMatchObject({ code: 'ERR_USAGE' });
    await expect(deliverKey({ kind: 'terminal' }, key, context)).rejects.toMatchObject({ code: 'ERR_USAGE' });
  });
});
