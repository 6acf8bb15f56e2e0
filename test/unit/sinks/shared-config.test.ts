import { describe, expect, it } from 'vitest';

import {
  expandHome,
  locateSharedFiles,
  profileOfConfigSection,
  readSections,
} from '../../../src/sinks/shared-config.ts';

describe('readSections', () => {
  it('reads options, nested blocks and comments', () => {
    const text = '[profile dev]\nregion = eu-west-1 # home\ns3 =\n  style = path\nca_bundle=/a;b\n';
    expect([...(readSections(text).get('profile dev') ?? [])]).toEqual([
      ['region', 'eu-west-1'],
      ['s3.style', 'path'],
      ['ca_bundle', '/a;b'],
    ]);
  });

  it('puts sections of one name together, the later value winning', () => {
    expect([...(readSections('[a]\nx=1\ny=1\n[b]\n[a]\nx=2').get('a') ?? [])]).toEqual([
      ['x', '2'],
      ['y', '1'],
    ]);
  });

  it('passes over sections of two words that no tool knows, and reads behind a byte order mark', () => {
    expect([...readSections('\uFEFF[a]\r\nx=1\r\n[my own]\r\ny=1\r\n').keys()]).toEqual(['a']);
  });
});

describe('profileOfConfigSection', () => {
  it.each([
    ['default', 'default'],
    ['profile default', 'default'],
    ['profile dev', 'dev'],
    ['profile "dev"', 'dev'],
    ['dev', undefined],
    ['services dev', undefined],
  ])('%j is profile %j', (section, profile) => {
    expect(profileOfConfigSection(section)).toBe(profile);
  });
});

describe('locateSharedFiles', () => {
  it('looks in ~/.aws', () => {
    expect(locateSharedFiles({ AWS_CONFIG_FILE: '' }, '/home/me')).toEqual({
      config: '/home/me/.aws/config',
      credentials: '/home/me/.aws/credentials',
    });
  });

  it('goes by the variables', () => {
    const env = { AWS_CONFIG_FILE: '~/c', AWS_SHARED_CREDENTIALS_FILE: '/s' };
    expect(locateSharedFiles(env, '/home/me')).toEqual({ config: '/home/me/c', credentials: '/s' });
  });
});

describe('expandHome', () => {
  it.each([
    ['~', '/h'],
    ['~/x', '/h/x'],
    ['~x', '~x'],
    ['/a/~/b', '/a/~/b'],
  ])('%j is %j', (path, expanded) => {
    expect(expandHome(path, '/h')).toBe(expanded);
  });
});
