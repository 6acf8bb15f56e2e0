import { readFileSync } from 'node:fs';
import type { SignableRequest } from '../../src/sigv4/request.ts';

/** One request of awslabs/aws-c-auth, signed, with every step on the way to its signature. */
export interface SignatureVector {
  readonly id: string;
  readonly form: 'header' | 'query';
  readonly region: string;
  readonly service: string;
  readonly timestamp: string;
  readonly expires: number;
  /** The session token was added after signing. */
  readonly omitToken: boolean;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** The vectors of sigv4-aws-c-auth.json; all of them with a normalized path, as IAM and STS want it. */
export function loadSignatureVectors(): readonly SignatureVector[] {
  const file = new URL('./sigv4-aws-c-auth.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as SignatureVector[];
}

/** The signed request of a vector. */
export function readSignedRequest({ method, target, headers, body }: SignatureVector): SignableRequest {
  const [path = '', query = ''] = target.split('?');
  return { method, path, query, headers, body: Buffer.from(body) };
}
