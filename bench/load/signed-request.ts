import { signHeaders } from '../../src/sigv4/sign.ts';

export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The bytes of a signed call of IAM's Query protocol, ready to be sent. */
export function composeSignedRequest(
  port: number,
  pair: KeyPair,
  parameters: Readonly<Record<string, string>>,
): Buffer {
  const body = Buffer.from(new URLSearchParams({ Version: '2010-05-08', ...parameters }).toString());
  const headers = [
    ['Host', `127.0.0.1:${port}`],
    ['Content-Type', 'application/x-www-form-urlencoded'],
    ['Content-Length', String(body.length)],
  ] as const;
  const signed = signHeaders(
    { method: 'POST', path: '/', query: '', headers, body },
    { ...pair, region: 'us-east-1', service: 'iam', date: new Date() },
  );
  const lines = signed.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`POST / HTTP/1.1\r\n${lines}\r\n`), body]);
}

/** The first AccessKeyId of an answer. */
export function readAccessKeyId({ body }: { readonly body: string }): string {
  const AccessKeyId = /<AccessKeyId>(\w+)</.exec(body)?.[1];
  if (AccessKeyId === undefined) throw new Error('the answer has no AccessKeyId');
  return AccessKeyId;
}
