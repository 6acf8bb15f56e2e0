import { KeyturnError } from '../../errors.ts';
import { expandHome, filled, type Environment, type Section } from '../../sinks/shared-config.ts';
import { readText } from '../../sinks/text-file.ts';
import type { ConnectConfig } from '../../iam/connection.ts';

/** The proxy variables in the form that the agents of node:http take them. */
export interface Proxy {
  readonly HTTP_PROXY?: string;
  readonly HTTPS_PROXY?: string;
  readonly NO_PROXY?: string;
}

/**
 * The proxy that the environment names, or undefined. Lower case wins over upper case, as in curl, and a proxy without a
 * scheme is an http one, as for the aws CLI.
 *
 * @throws KeyturnError ERR_USAGE for a proxy that is not a URL; the value is not shown, as it may hold a password
 */
export function readProxy(env: Environment): Proxy | undefined {
  const proxy = {
    ...readProxyUrl('HTTP_PROXY', env),
    ...readProxyUrl('HTTPS_PROXY', env),
  };
  const exceptions = filled(env.no_proxy) ?? filled(env.NO_PROXY);
  if (Object.keys(proxy).length === 0) return undefined;
  return exceptions === undefined ? proxy : { ...proxy, NO_PROXY: exceptions };
}

function readProxyUrl(name: 'HTTP_PROXY' | 'HTTPS_PROXY', env: Environment): Proxy {
  const given = filled(env[name.toLowerCase()]) ?? filled(env[name]);
  if (given === undefined) return {};
  const url = given.includes('://') ? given : `http://${given}`;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return { [name]: url };
  throw new KeyturnError('ERR_USAGE', `${name} is not the URL of an http or https proxy`, {
    hint: `write it as in ${name}=http://proxy.example.com:3128`,
  });
}

export interface CaBundle {
  readonly source: string;
  readonly file: string;
}

/** The certificates to trust instead of Node.js's own: AWS_CA_BUNDLE, the profile's, REQUESTS_CA_BUNDLE, as botocore. */
export function locateCaBundle(env: Environment, profile: Section, home: string): CaBundle | undefined {
  const candidates = [
    ['AWS_CA_BUNDLE', env.AWS_CA_BUNDLE],
    ['ca_bundle of the profile', profile.get('ca_bundle')],
    ['REQUESTS_CA_BUNDLE', env.REQUESTS_CA_BUNDLE],
  ] as const;
  for (const [source, file] of candidates) {
    if (file !== undefined && file !== '') return { source, file: expandHome(file, home) };
  }
  return undefined;
}

/**
 * Reads a bundle of certificates.
 *
 * @throws KeyturnError ERR_FILE where there is no file, or no certificate in it
 */
export async function readCaBundle({ source, file }: CaBundle): Promise<string> {
  const text = await readText(file);
  if (text?.includes('-----BEGIN CERTIFICATE-----') === true) return text;
  const reason = text === undefined ? 'which does not exist' : 'in which there is no certificate';
  throw new KeyturnError('ERR_FILE', `${source} is ${file}, ${reason}`, {
    hint: 'name a file of certificates in PEM form, or take the setting away',
  });
}

export type RequestHandler = NonNullable<ConnectConfig['requestHandler']>;

const connectionTimeout = 5_000;
/** IAM answers within seconds, and the SDK asks three times. */
const requestTimeout = 20_000;

/** The SDK's HTTP handler, which alone knows no proxy and waits for an answer without end. */
export function composeRequestHandler(proxy: Proxy | undefined, ca: string | undefined): RequestHandler {
  const agent = proxy === undefined ? {} : { proxyEnv: { ...proxy } };
  return {
    connectionTimeout,
    requestTimeout,
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: { ...agent, ...(ca !== undefined && { ca }) },
  };
}
