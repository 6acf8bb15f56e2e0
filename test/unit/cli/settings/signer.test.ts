import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { KeyturnError } from '../../../../src/errors.ts';
import { resolve, type World } from './resolve.ts';

const key = { AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT', AWS_SECRET_ACCESS_KEY: 'env-secret' };
const credentials =
  '[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = d\n[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = v\naws_session_token = t\n';
const role = '[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/ops\nsource_profile = dev\n';

function describeSigner(world: World): string {
  const { signer } = resolve(world);
  if (signer.kind === 'chain') return 'chain';
  if (signer.kind === 'environment') return `environment ${signer.credentials.AccessKeyId}`;
  return signer.kind === 'key'
    ? `key ${signer.profile} ${signer.credentials.AccessKeyId}`
    : `profile ${signer.profile}`;
}

describe('who signs', () => {
  it.each<[string, World, string]>([
    ['nothing said, nothing there', {}, 'chain'],
    ['the default profile', { credentials }, 'key default AKIADEFAULT'],
    ['AWS_PROFILE', { credentials, env: { AWS_PROFILE: 'dev' } }, 'key dev AKIADEV'],
    ['an empty AWS_PROFILE', { credentials, env: { AWS_PROFILE: '' } }, 'key default AKIADEFAULT'],
    ['keys in the environment', { credentials, env: key }, 'environment AKIAENVIRONMENT'],
    ['keys and AWS_PROFILE', { credentials, env: { ...key, AWS_PROFILE: 'dev' } }, 'environment AKIAENVIRONMENT'],
    [
      'keys and an AWS_PROFILE that does not exist',
      { env: { ...key, AWS_PROFILE: 'gone' } },
      'environment AKIAENVIRONMENT',
    ],
    [
      '--profile over all',
      { credentials, env: { ...key, AWS_PROFILE: 'default' }, flags: { profile: 'dev' } },
      'key dev AKIADEV',
    ],
    [
      '--profile over half a key',
      { credentials, env: { AWS_ACCESS_KEY_ID: 'A' }, flags: { profile: 'dev' } },
      'key dev AKIADEV',
    ],
    [
      'empty keys, which are none',
      { credentials, env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' } },
      'key default AKIADEFAULT',
    ],
    ['a role', { credentials, config: role, flags: { profile: 'ops' } }, 'profile ops'],
    [
      'a role over its own key',
      { credentials: credentials.replace('[dev]', '[ops]'), config: role, flags: { profile: 'ops' } },
      'profile ops',
    ],
    [
      'a sign-in',
      { config: '[profile sso]\nsso_session = x\n[sso-session x]\nsso_region = y\n', env: { AWS_PROFILE: 'sso' } },
      'profile sso',
    ],
    ['a default profile that signs in', { config: '[default]\nsso_session = x\n' }, 'chain'],
    [
      'a key in the config file',
      {
        config: '[profile dev]\naws_access_key_id = AKIACONFIG\naws_secret_access_key = c\n',
        flags: { profile: 'dev' },
      },
      'key dev AKIACONFIG',
    ],
    [
      'a key in both files',
      {
        credentials,
        config: '[profile dev]\naws_access_key_id = AKIACONFIG\naws_secret_access_key = c\n',
        flags: { profile: 'dev' },
      },
      'key dev AKIADEV',
    ],
    [
      'half a key beside another way',
      { config: '[profile dev]\naws_access_key_id = A\ncredential_process = x\n', flags: { profile: 'dev' } },
      'profile dev',
    ],
  ])('%s', (_, world, expected) => {
    expect(describeSigner(world)).toBe(expected);
  });

  it('takes session tokens along', () => {
    const environment = resolve({ env: { ...key, AWS_SESSION_TOKEN: 'st' } }).signer;
    const profile = resolve({ credentials, flags: { profile: 'dev' } }).signer;
    expect('credentials' in environment && environment.credentials.SessionToken?.reveal()).toBe('st');
    expect('credentials' in profile && profile.credentials.SessionToken?.reveal()).toBe('t');
  });

  it('says which one signs where both are in the environment, and then only', () => {
    expect(resolve({ credentials, env: { ...key, AWS_PROFILE: 'dev' } }).notices).toEqual([
      'signing with the key in the environment, AKIAENVIRONMENT, not with AWS_PROFILE=dev',
    ]);
    for (const world of [
      { env: key },
      { credentials, env: { AWS_PROFILE: 'dev' } },
      { credentials, env: { ...key }, flags: { profile: 'dev' } },
    ]) {
      expect(resolve(world).notices).toEqual([]);
    }
  });

  it('takes the other settings from AWS_PROFILE even where the environment signs', () => {
    expect(resolve({ config: '[profile dev]\nregion = eu-west-1\n', env: { ...key, AWS_PROFILE: 'dev' } }).region).toBe(
      'eu-west-1',
    );
  });

  it('shows no secret, however deep it is printed', () => {
    const settings = resolve({ credentials, env: { ...key, AWS_SESSION_TOKEN: 'st' } });
    expect(inspect(settings, { depth: 9, showHidden: true }) + JSON.stringify(settings)).not.toMatch(
      /env-secret|'st'|"st"/,
    );
  });
});

describe('a mistake about who signs', () => {
  it.each<[string, World, string, string]>([
    [
      'half a key',
      { env: { AWS_ACCESS_KEY_ID: 'A' } },
      'AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not',
      'set both or none of them: export AWS_SECRET_ACCESS_KEY=…, or unset AWS_ACCESS_KEY_ID',
    ],
    [
      'half a key and an empty half',
      { env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: 's' }, credentials },
      'AWS_SECRET_ACCESS_KEY is set and AWS_ACCESS_KEY_ID is not',
      'set both or none of them: export AWS_ACCESS_KEY_ID=…, or unset AWS_SECRET_ACCESS_KEY',
    ],
    [
      'a line break in a key',
      { env: { ...key, AWS_SECRET_ACCESS_KEY: 'secret\n' } },
      'there is white space in AWS_SECRET_ACCESS_KEY',
      'set it again, without the space or line break',
    ],
    [
      'an unknown profile',
      { credentials, config: role, flags: { profile: 'dve' } },
      '--profile names "dve", and there is no such profile',
      'did you mean dev? there are default, dev, ops',
    ],
    [
      'an unknown profile, unlike any',
      { credentials, env: { AWS_PROFILE: 'production' } },
      'AWS_PROFILE names "production", and there is no such profile',
      'there are default, dev',
    ],
    [
      'a profile where there are none',
      { flags: { profile: 'default' } },
      '--profile names "default", and there is no such profile',
      'there are none in /home/me/.aws/config and /home/me/.aws/credentials: aws configure makes one',
    ],
    [
      'a sign-in that is not there',
      { config: '[profile sso]\nsso_session = x\n', env: { AWS_PROFILE: 'sso' } },
      'profile sso names sso_session x, and there is none of that name',
      'add [sso-session x] to /home/me/.aws/config, as aws configure sso does',
    ],
    [
      'half a key in a profile',
      { credentials: '[dev]\naws_secret_access_key = x\n', flags: { profile: 'dev' } },
      'profile dev has half a key: there is no aws_access_key_id',
      'add it to the profile in /home/me/.aws/credentials',
    ],
    [
      'half a key in the default profile',
      { credentials: '[default]\naws_access_key_id = x\n' },
      'profile default has half a key: there is no aws_secret_access_key',
      'add it to the profile in /home/me/.aws/credentials',
    ],
  ])('%s', (_, world, message, hint) => {
    expect(() => resolve(world)).toThrow(expect.objectContaining({ code: 'ERR_USAGE', message, hint }));
  });

  it('names twenty profiles at most', () => {
    const many = Array.from({ length: 30 }, (_, index) => `[p${String(index).padStart(2, '0')}]\nregion = x\n`).join(
      '',
    );
    expect(() => resolve({ credentials: many, flags: { profile: 'unlike' } })).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/^there are p00, .*, p19 and 10 more$/) as string }),
    );
  });

  it('tells of a file that cannot be read where a profile is looked for, and only there', () => {
    const failure = new KeyturnError('ERR_FILE', 'cannot read it');
    expect(describeSigner({ failure, env: key })).toBe('environment AKIAENVIRONMENT');
    expect(describeSigner({ failure, credentials, flags: { profile: 'dev' } })).toBe('key dev AKIADEV');
    for (const world of [
      { failure },
      { failure, flags: { profile: 'dev' } },
      { failure, env: { AWS_PROFILE: 'dev' } },
    ]) {
      expect(() => resolve(world)).toThrow(failure);
    }
  });
});
