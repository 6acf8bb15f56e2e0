import { describe, expect, it } from 'vitest';

import { composeRequestHandler, locateCaBundle, readProxy } from '../../../../src/cli/settings/network.ts';

describe('readProxy', () => {
  it.each([
    [{}, undefined],
    [{ NO_PROXY: '*' }, undefined],
    [{ HTTPS_PROXY: '', https_proxy: '' }, undefined],
    [{ HTTPS_PROXY: 'http://a:1' }, { HTTPS_PROXY: 'http://a:1' }],
    [{ HTTPS_PROXY: 'http://a:1', https_proxy: 'https://b' }, { HTTPS_PROXY: 'https://b' }],
    [
      { http_proxy: 'b:3128', no_proxy: 'x' },
      { HTTP_PROXY: 'http://b:3128', NO_PROXY: 'x' },
    ],
  ])('%j is %j', (env, proxy) => {
    expect(readProxy(env)).toEqual(proxy);
  });

  it.each(['socks5://a', 'http://', ':'])('refuses %j', (url) => {
    expect(() => readProxy({ http_proxy: url })).toThrow(expect.objectContaining({ code: 'ERR_USAGE' }));
  });
});

describe('locateCaBundle', () => {
  it('goes by the first of the variable, the profile and the variable of the aws CLI', () => {
    const env = { AWS_CA_BUNDLE: '~/a', REQUESTS_CA_BUNDLE: '/r' };
    const profile = new Map([['ca_bundle', '/p']]);
    const none = new Map<string, string>();
    const locate = (...parameters: Parameters<typeof locateCaBundle>): unknown => locateCaBundle(...parameters)?.file;
    expect(locate(env, profile, '/home/me')).toBe('/home/me/a');
    expect(locate({ ...env, AWS_CA_BUNDLE: '' }, profile, '/home/me')).toBe('/p');
    expect(locate({ REQUESTS_CA_BUNDLE: '/r' }, none, '/home/me')).toBe('/r');
    expect(locate({}, none, '/home/me')).toBeUndefined();
  });
});

describe('composeRequestHandler', () => {
  it('waits five seconds for a connection and twenty for an answer', () => {
    expect(composeRequestHandler(undefined, undefined)).toEqual({
      connectionTimeout: 5_000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
      httpAgent: {},
      httpsAgent: {},
    });
  });
});
