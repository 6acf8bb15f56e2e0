// Requests to an endpoint that are signed by the book, or wrong in just the way a test wants.
import type { Endpoint } from '../../../src/endpoint/index.ts';
import { signHeaders } from '../../../src/sigv4/sign.ts';

export interface Pair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface CallOptions {
  /** Of the scope; what the Action belongs to when absent. */
  readonly service?: string;
  readonly region?: string;
  readonly date?: Date;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
  /** Of an error. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

const stsActions = new Set([
  'AssumeRole',
  'AssumeRoot',
  'GetAccessKeyInfo',
  'GetCallerIdentity',
  'GetFederationToken',
  'GetSessionToken',
]);

/** The administrator's pair of an endpoint that knows its secret. */
export function administratorOf({ administrator }: Endpoint): Pair {
  const { accessKeyId, secretAccessKey } = administrator;
  if (secretAccessKey === undefined) throw new Error('the endpoint does not know the secret');
  return { accessKeyId, secretAccessKey: secretAccessKey.reveal() };
}

export function composeBody(Action: string, parameters: Readonly<Record<string, string>> = {}): string {
  const Version = stsActions.has(Action) ? '2011-06-15' : '2010-05-08';
  return new URLSearchParams({ Action, Version, ...parameters }).toString();
}

/** The headers of a signed POST, its Host included. */
export function signBody(url: string, pair: Pair, body: string, options: CallOptions = {}): [string, string][] {
  const { host } = new URL(url);
  const { region = 'us-east-1', date = new Date() } = options;
  const action = new URLSearchParams(body).get('Action') ?? '';
  const service = options.service ?? (stsActions.has(action) ? 'sts' : 'iam');
  const headers: [string, string][] = [
    ['Host', host],
    ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'],
  ];
  const request = { method: 'POST', path: '/', query: '', headers, body: Buffer.from(body) };
  return signHeaders(request, { ...pair, region, service, date }).headers.map(([name, value]) => [name, value]);
}

export async function post(url: string, headers: [string, string][], body: string): Promise<Reply> {
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
  return readReply(response);
}

/** One signed call. */
export async function call(
  { url }: { readonly url: string },
  pair: Pair,
  Action: string,
  parameters: Readonly<Record<string, string>> = {},
  options: CallOptions = {},
): Promise<Reply> {
  const body = composeBody(Action, parameters);
  return post(url, signBody(url, pair, body, options), body);
}

/** A call that is expected to succeed. */
export async function callWell(
  endpoint: { readonly url: string },
  pair: Pair,
  Action: string,
  parameters: Readonly<Record<string, string>> = {},
  options: CallOptions = {},
): Promise<string> {
  const reply = await call(endpoint, pair, Action, parameters, options);
  if (reply.status !== 200) throw new Error(`${Action}: ${reply.status} ${reply.code ?? ''}: ${reply.message ?? ''}`);
  return reply.body;
}

/** The text of the first element of a name. */
export function readElement(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}

/** A user's new key, made by the administrator. */
export async function createKey(endpoint: Endpoint, UserName: string): Promise<Pair> {
  const xml = await callWell(endpoint, administratorOf(endpoint), 'CreateAccessKey', { UserName });
  return {
    accessKeyId: readElement(xml, 'AccessKeyId') ?? '',
    secretAccessKey: readElement(xml, 'SecretAccessKey') ?? '',
  };
}

async function readReply(response: Response): Promise<Reply> {
  const body = await response.text();
  return {
    status: response.status,
    body,
    headers: response.headers,
    code: readElement(body, 'Code'),
    message: readElement(body, 'Message')?.replaceAll('&quot;', '"'),
  };
}
