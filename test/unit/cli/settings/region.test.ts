import { describe, expect, it } from 'vitest';

import { resolve, type World } from './resolve.ts';

const config = '[default]\nregion = eu-west-1\n[profile dev]\nregion = eu-west-2\n[profile bare]\noutput = json\n';
const credentials = '[bare]\naws_access_key_id = A\naws_secret_access_key = s\n';

describe('the region', () => {
  it.each<[string, World, string]>([
    ['nothing said', {}, 'us-east-1'],
    ['the default profile', { config }, 'eu-west-1'],
    ['the named profile', { config, credentials, env: { AWS_PROFILE: 'dev' } }, 'eu-west-2'],
    ['a profile without a region', { config, credentials, flags: { profile: 'bare' } }, 'us-east-1'],
    ['AWS_DEFAULT_REGION', { config, env: { AWS_DEFAULT_REGION: 'ap-south-1' } }, 'ap-south-1'],
    ['AWS_REGION', { config, env: { AWS_REGION: 'cn-north-1', AWS_DEFAULT_REGION: 'ap-south-1' } }, 'cn-north-1'],
    ['an empty AWS_REGION', { env: { AWS_REGION: '', AWS_DEFAULT_REGION: 'ap-south-1' } }, 'ap-south-1'],
    ['--region', { flags: { region: 'us-gov-west-1' }, env: { AWS_REGION: 'cn-north-1' } }, 'us-gov-west-1'],
  ])('%s', (_, world, region) => {
    expect(resolve(world).region).toBe(region);
  });

  it.each<[World, string]>([
    [{ flags: { region: 'us east' } }, '--region is "us east", which is not a region'],
    [{ flags: { region: '' } }, '--region is "", which is not a region'],
    [{ env: { AWS_REGION: 'evil.example.com/' } }, 'AWS_REGION is "evil.example.com/", which is not a region'],
    [{ config: '[default]\nregion = -x\n' }, 'the region of the profile is "-x", which is not a region'],
  ])('refuses %j', (world, message) => {
    expect(() => resolve(world)).toThrow(expect.objectContaining({ code: 'ERR_USAGE', message }));
  });
});
