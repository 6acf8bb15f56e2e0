// AWS JSON requests to an endpoint, signed by the book.
import { signHeaders } from '../../../src/sigv4/sign.ts';
import type { CallOptions, Pair } from './signed-call.ts';

export interface JsonReply {
  readonly status: number;
  readonly contentType: string | null;
  readonly json: Record<string, unknown>;
}

const prefixes = {
  organizations: 'AWSOrganizationsV20161128',
  cloudtrail: 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101',
};

export type JsonService = keyof typeof prefixes;

export async function callJson(
  { url }: { readonly url: string },
  pair: Pair,
  service: JsonService,
  action: string,
  input: unknown = {},
  options: CallOptions = {},
): Promise<JsonReply> {
  const { region = 'us-east-1', date = new Date() } = options;
  const body = typeof input === 'string' ? input : JSON.stringify(input);
  const headers: [string, string][] = [
    ['Host', new URL(url).host],
    ['Content-Type', 'application/x-amz-json-1.1'],
    ['X-Amz-Target', `${prefixes[service]}.${action}`],
    ['User-Agent', 'signed-json-call/1.0'],
  ];
  const request = { method: 'POST', path: '/', query: '', headers, body: Buffer.from(body) };
  const signed = signHeaders(request, { ...pair, region, service: options.service ?? service, date });
  const response = await fetch(url, {
    method: 'POST',
    headers: signed.headers.map(([name, value]): [string, string] => [name, value]),
    body,
  });
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    json: (await response.json()) as Record<string, unknown>,
  };
}
