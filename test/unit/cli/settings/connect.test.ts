import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { composeConnectConfig, loadSettings, type SettingsInput } from '../../../../src/cli/aws-settings.ts';
import { connect, getCallerIdentity, listAccessKeys, type Connection } from '../../../../src/iam/index.ts';
import { makeFolder } from '../../sinks/temporary-folder.ts';
import { startProxy, startTinyAws } from './tiny-aws.ts';

const key = { AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT', AWS_SECRET_ACCESS_KEY: 'env-secret' };
const arn = 'arn:aws:iam::123456789012:user/tiny';

interface World extends Partial<SettingsInput> {
  readonly config?: string;
  readonly credentials?: string;
  readonly askMfaCode?: (serial: string) => Promise<string>;
}

/** Connects as the command line does, with a home of its own. The SDK's providers look at the process's variables. */
async function open({ flags = {}, env = {}, config = '', credentials = '', askMfaCode }: World): Promise<Connection> {
  const home = makeFolder();
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws', 'config'), config);
  writeFileSync(join(home, '.aws', 'credentials'), credentials);
  for (const name of Object.keys(process.env)) if (/^AWS_|_proxy$|^HOME$/i.test(name)) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries({ HOME: home, AWS_EC2_METADATA_DISABLED: 'true', ...env }))
    vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const settings = await loadSettings({ flags, env, home });
  return connect(await composeConnectConfig(settings, { now: () => new Date(), askMfaCode }));
}

describe('the connection', () => {
  it('goes to the endpoint, signed by the key and for the region that were chosen', async () => {
    const aws = await startTinyAws();
    const connection = await open({
      flags: { endpointUrl: aws.url },
      env: { ...key, AWS_DEFAULT_REGION: 'eu-west-1' },
    });
    expect(await getCallerIdentity(connection)).toMatchObject({ Arn: arn });
    expect(await listAccessKeys(connection)).toEqual([]);
    for (const { headers } of aws.seen) {
      expect(headers.authorization).toMatch(/Credential=AKIAENVIRONMENT\/\d{8}\/eu-west-1\/(sts|iam)\//);
    }
    expect(aws.seen).toHaveLength(2);
  });

  it('signs with the profile that --profile names, session token and all', async () => {
    const aws = await startTinyAws();
    const credentials =
      '[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = v\naws_session_token = dev-token\n';
    const connection = await open({ flags: { profile: 'dev', endpointUrl: aws.url }, env: key, credentials });
    await getCallerIdentity(connection);
    expect(aws.seen[0]?.headers).toMatchObject({
      authorization: expect.stringContaining('Credential=AKIADEV/') as string,
      'x-amz-security-token': 'dev-token',
    });
  });

  it('goes to two endpoints where two are given', async () => {
    const [iam, sts] = [await startTinyAws(), await startTinyAws()];
    const connection = await open({ env: { ...key, AWS_ENDPOINT_URL_IAM: iam.url, AWS_ENDPOINT_URL_STS: sts.url } });
    await listAccessKeys(connection, { UserName: 'x' });
    await getCallerIdentity(connection);
    const actionsOf = ({ seen }: typeof iam): (string | null)[] => seen.map(({ form }) => form.get('Action'));
    expect([actionsOf(iam), actionsOf(sts)]).toEqual([['ListAccessKeys'], ['GetCallerIdentity']]);
  });

  it('does not take the endpoint of another profile', async () => {
    const credentials = '[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = v\n';
    const config = '[default]\nendpoint_url = http://localhost:1\n';
    const { iam } = await open({ flags: { profile: 'dev' }, config, credentials });
    expect(iam.config).toMatchObject({ isCustomEndpoint: false, ignoreConfiguredEndpointUrls: true });
  });

  it('gives up on an endpoint that is not there, and says so', async () => {
    const connection = await open({
      flags: { endpointUrl: 'http://localhost:1' },
      env: { ...key, AWS_MAX_ATTEMPTS: '1' },
    });
    await expect(getCallerIdentity(connection)).rejects.toMatchObject({ code: 'ERR_NETWORK', awsCode: 'ECONNREFUSED' });
  });
});

describe('a role', () => {
  const config =
    '[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/ops\nsource_profile = base\n' +
    'mfa_serial = arn:aws:iam::123456789012:mfa/me\n';
  const credentials = '[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = b\n';

  it('is assumed at the same endpoint, with one MFA code for all clients', async () => {
    const aws = await startTinyAws();
    const serials: string[] = [];
    const askMfaCode = (serial: string): Promise<string> => {
      serials.push(serial);
      return Promise.resolve('123456');
    };
    const connection = await open({
      flags: { profile: 'ops', endpointUrl: aws.url },
      env: key,
      config,
      credentials,
      askMfaCode,
    });
    await Promise.all([getCallerIdentity(connection), listAccessKeys(connection, { UserName: 'x' })]);
    expect(serials).toEqual(['arn:aws:iam::123456789012:mfa/me']);
    const [assumed, ...signed] = aws.seen;
    expect(assumed?.headers.authorization).toContain('Credential=AKIABASE/');
    expect(Object.fromEntries(assumed?.form ?? [])).toMatchObject({
      Action: 'AssumeRole',
      RoleArn: 'arn:aws:iam::123456789012:role/ops',
      SerialNumber: 'arn:aws:iam::123456789012:mfa/me',
      TokenCode: '123456',
    });
    expect(signed.map(({ headers }) => headers['x-amz-security-token'])).toEqual(['role-token', 'role-token']);
  });

  it('fails with a clear error where there is nobody to ask', async () => {
    const aws = await startTinyAws();
    const connection = await open({ flags: { profile: 'ops', endpointUrl: aws.url }, config, credentials });
    await expect(getCallerIdentity(connection)).rejects.toThrow(/ops requires multi-factor authentication/);
    expect(aws.seen).toEqual([]);
  });
});

describe('a named profile without credentials', () => {
  it('signs nothing, whatever else there is', async () => {
    const aws = await startTinyAws();
    const config = '[profile bare]\nregion = eu-west-1\n';
    const connection = await open({ flags: { profile: 'bare', endpointUrl: aws.url }, env: key, config });
    await expect(getCallerIdentity(connection)).rejects.toMatchObject({ code: 'ERR_CREDENTIALS' });
    expect(aws.seen).toEqual([]);
  });
});

describe('a program that hands out credentials', () => {
  it('is run for a profile that names one', async () => {
    const aws = await startTinyAws();
    const output = JSON.stringify({ Version: 1, AccessKeyId: 'AKIAPROCESS', SecretAccessKey: 'p' });
    const config = `[profile tool]\ncredential_process = printf '%s' '${output}'\n`;
    const connection = await open({ env: { AWS_PROFILE: 'tool', AWS_ENDPOINT_URL: aws.url }, config });
    await getCallerIdentity(connection);
    expect(aws.seen[0]?.headers.authorization).toContain('Credential=AKIAPROCESS/');
  });
});

describe('a proxy', () => {
  it.each(['http_proxy', 'HTTP_PROXY'])('is used for http, from %s', async (variable) => {
    const [aws, proxy] = [await startTinyAws(), await startProxy()];
    const url = new URL(proxy.url);
    url.username = 'me';
    url.password = 'pass';
    const connection = await open({ flags: { endpointUrl: aws.url }, env: { ...key, [variable]: url.href } });
    expect(await getCallerIdentity(connection)).toMatchObject({ Arn: arn });
    expect(proxy.passed).toEqual([`POST ${aws.url}/ Basic ${btoa('me:pass')}`]);
  });

  it('is used when it is given without a scheme', async () => {
    const [aws, proxy] = [await startTinyAws(), await startProxy()];
    const env = { ...key, http_proxy: proxy.url.replace('http://', '') };
    expect(await getCallerIdentity(await open({ flags: { endpointUrl: aws.url }, env }))).toMatchObject({ Arn: arn });
    expect(proxy.passed).toHaveLength(1);
  });

  it.each([{ NO_PROXY: 'example.com,localhost' }, { no_proxy: '*', NO_PROXY: 'example.com' }])(
    'is passed by with %j',
    async (exceptions) => {
      const [aws, proxy] = [await startTinyAws(), await startProxy()];
      const connection = await open({
        flags: { endpointUrl: aws.url },
        env: { ...key, HTTP_PROXY: proxy.url, ...exceptions },
      });
      await getCallerIdentity(connection);
      expect(proxy.passed).toEqual([]);
    },
  );

  it('is used to assume a role too', async () => {
    const [aws, proxy] = [await startTinyAws(), await startProxy()];
    const config = '[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/ops\ncredential_source = Environment\n';
    const env = { ...key, HTTP_PROXY: proxy.url };
    await getCallerIdentity(await open({ flags: { profile: 'ops', endpointUrl: aws.url }, env, config }));
    expect(proxy.passed).toHaveLength(2);
  });

  it('is not taken for what it is not, and its password is not shown', async () => {
    await expect(open({ env: { ...key, HTTPS_PROXY: 'socks5://me:hunter2@x' } })).rejects.toMatchObject({
      code: 'ERR_USAGE',
      message: 'HTTPS_PROXY is not the URL of an http or https proxy',
    });
  });
});

const certificate = makeCertificate();
if (certificate === undefined) console.warn('left out: a bundle of certificates, which needs openssl to make one');

describe.skipIf(certificate === undefined)('a bundle of certificates', () => {
  const tls = { key: certificate?.key ?? '', cert: certificate?.cert ?? '' };
  const makeBundle = (): string => {
    const file = join(makeFolder(), 'ca.pem');
    writeFileSync(file, tls.cert);
    return file;
  };

  it.each(['AWS_CA_BUNDLE', 'REQUESTS_CA_BUNDLE'])('from %s is trusted, through a tunnel too', async (variable) => {
    const [aws, proxy] = [await startTinyAws(tls), await startProxy()];
    const env = { ...key, [variable]: makeBundle() };
    expect(await getCallerIdentity(await open({ flags: { endpointUrl: aws.url }, env }))).toMatchObject({ Arn: arn });
    const tunnelled = await open({ flags: { endpointUrl: aws.url }, env: { ...env, https_proxy: proxy.url } });
    expect(await getCallerIdentity(tunnelled)).toMatchObject({ Arn: arn });
    expect(proxy.passed).toEqual([`CONNECT ${new URL(aws.url).host}`]);
  });

  it('of the profile is trusted', async () => {
    const aws = await startTinyAws(tls);
    const config = `[default]\nca_bundle = ${makeBundle()}\nendpoint_url = ${aws.url}\n`;
    expect(await getCallerIdentity(await open({ env: key, config }))).toMatchObject({ Arn: arn });
  });

  it('is needed', async () => {
    const aws = await startTinyAws(tls);
    const connection = await open({ flags: { endpointUrl: aws.url }, env: { ...key, AWS_MAX_ATTEMPTS: '1' } });
    await expect(getCallerIdentity(connection)).rejects.toMatchObject({ code: 'ERR_NETWORK' });
  });

  it.each([
    ['/nowhere/ca.pem', 'which does not exist'],
    [import.meta.filename, 'in which there is no certificate'],
  ])('is refused at %s', async (file, reason) => {
    await expect(open({ env: { ...key, AWS_CA_BUNDLE: file } })).rejects.toMatchObject({
      code: 'ERR_FILE',
      message: `AWS_CA_BUNDLE is ${file}, ${reason}`,
    });
  });
});

function makeCertificate(): { key: string; cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-certificate-'));
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  try {
    execFileSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
