import { describe, expect, it } from 'vitest';

import { resolve, type World } from './resolve.ts';

const url = 'http://127.0.0.1:7411';
const both = { iam: url, sts: url, cloudtrail: url, organizations: url };
const none = { iam: undefined, sts: undefined, cloudtrail: undefined, organizations: undefined };
const services = `[profile dev]\nservices = local\nendpoint_url = https://other.example.com\n[services local]\niam =\n  endpoint_url = ${url}\n`;

describe('the endpoints', () => {
  it.each<[string, World, object]>([
    ['nothing said', {}, none],
    ['--endpoint-url', { flags: { endpointUrl: url }, env: { AWS_ENDPOINT_URL_IAM: 'http://x' } }, both],
    ['AWS_ENDPOINT_URL', { env: { AWS_ENDPOINT_URL: url } }, both],
    [
      'one for each',
      { env: { AWS_ENDPOINT_URL_IAM: url, AWS_ENDPOINT_URL_STS: `${url}/sts` } },
      { ...both, sts: `${url}/sts` },
    ],
    [
      'one of its own over the one for all',
      { env: { AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_STS: 'https://x' } },
      { ...both, sts: 'https://x' },
    ],
    ['empty variables', { env: { AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_IAM: '' } }, none],
    ['the profile', { config: `[default]\nendpoint_url = ${url}\n` }, both],
    [
      'not another profile',
      { config: `[default]\nendpoint_url = ${url}\n[profile dev]\noutput = json\n`, flags: { profile: 'dev' } },
      none,
    ],
    [
      'variables over the profile',
      { config: '[default]\nendpoint_url = http://x\n', env: { AWS_ENDPOINT_URL: url } },
      both,
    ],
    [
      'the services of the profile',
      { config: services, flags: { profile: 'dev' } },
      {
        iam: url,
        sts: 'https://other.example.com',
        cloudtrail: 'https://other.example.com',
        organizations: 'https://other.example.com',
      },
    ],
    [
      'CloudTrail and Organizations, where IAM is unless they have their own',
      { env: { AWS_ENDPOINT_URL_IAM: url, AWS_ENDPOINT_URL_STS: url, AWS_ENDPOINT_URL_CLOUDTRAIL: 'http://trail' } },
      { ...both, cloudtrail: 'http://trail' },
    ],
    [
      'CloudTrail alone, as behind an endpoint of a VPC',
      { env: { AWS_ENDPOINT_URL_CLOUDTRAIL: 'http://trail' } },
      { ...none, cloudtrail: 'http://trail' },
    ],
    [
      'all ignored but the flag',
      { env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL_IAM: url } },
      none,
    ],
    [
      'ignored by the profile',
      { config: `[default]\nignore_configured_endpoint_urls = true\nendpoint_url = ${url}\n` },
      none,
    ],
    [
      'not ignored after all',
      {
        config: `[default]\nignore_configured_endpoint_urls = true\nendpoint_url = ${url}\n`,
        env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' },
      },
      both,
    ],
    [
      'the flag, not ignored',
      { flags: { endpointUrl: url }, env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } },
      both,
    ],
  ])('%s', (_, world, endpoints) => {
    expect(resolve(world).endpoints).toEqual(endpoints);
  });

  it.each<[World, string, string]>([
    [
      { env: { AWS_ENDPOINT_URL_IAM: url } },
      "AWS_ENDPOINT_URL_IAM sends IAM to an endpoint of its own, and STS would still be AWS's",
      `export AWS_ENDPOINT_URL_STS=${url}`,
    ],
    [
      { env: { AWS_ENDPOINT_URL_STS: url } },
      "AWS_ENDPOINT_URL_STS sends STS to an endpoint of its own, and IAM would still be AWS's",
      `export AWS_ENDPOINT_URL_IAM=${url}`,
    ],
    [
      { config: services.replace(/endpoint_url = https.*\n/, ''), flags: { profile: 'dev' } },
      "endpoint_url of iam in the services of the profile sends IAM to an endpoint of its own, and STS would still be AWS's",
      `export AWS_ENDPOINT_URL_STS=${url}`,
    ],
    [
      { config: '[default]\nservices = gone\n' },
      'the profile names services gone, and there is no [services gone]',
      'add the section to /home/me/.aws/config, or take services out of the profile',
    ],
  ])('refuses %j', (world, message, hint) => {
    expect(() => resolve(world)).toThrow(expect.objectContaining({ code: 'ERR_USAGE', message, hint }));
  });

  it.each(['localhost:7411', 'nonsense', 'ftp://x', 'http://', 'http://x?y', 'http://x#y', 'file:///etc'])(
    'refuses %j as a URL',
    (bad) => {
      expect(() => resolve({ env: { AWS_ENDPOINT_URL: bad } })).toThrow(
        expect.objectContaining({
          code: 'ERR_USAGE',
          message: `AWS_ENDPOINT_URL "${bad}" is not the URL of an endpoint`,
        }),
      );
    },
  );

  it('does not show a URL with a password', () => {
    expect(() => resolve({ flags: { endpointUrl: 'http://me:hunter2@x' } })).toThrow(
      '--endpoint-url is not the URL of an endpoint',
    );
  });
});

describe('the endpoints of sinks', () => {
  const sinkNone = { secretsmanager: undefined, ssm: undefined };
  it.each<[string, World, object]>([
    ['nothing said', {}, sinkNone],
    ['--endpoint-url is for IAM', { flags: { endpointUrl: url } }, sinkNone],
    [
      'AWS_ENDPOINT_URL and endpoint_url too',
      { env: { AWS_ENDPOINT_URL: url }, config: `[default]\nendpoint_url = ${url}\n` },
      sinkNone,
    ],
    [
      'what is said of them',
      { env: { AWS_ENDPOINT_URL_SECRETS_MANAGER: url, AWS_ENDPOINT_URL_SSM: 'http://s' } },
      { secretsmanager: url, ssm: 'http://s' },
    ],
    [
      'the services of the profile',
      { config: `[default]\nservices = local\n[services local]\nsecrets_manager =\n  endpoint_url = ${url}\n` },
      { ...sinkNone, secretsmanager: url },
    ],
    ['ignored', { env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL_SSM: url } }, sinkNone],
  ])('%s', (_, world, endpoints) => {
    expect(resolve(world).sinkEndpoints).toEqual(endpoints);
  });
});
