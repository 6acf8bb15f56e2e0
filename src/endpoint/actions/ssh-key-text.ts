/**
 * RSA public keys as text: in OpenSSH's form, one line, or in PEM.
 *
 * Sources: https://www.rfc-editor.org/rfc/rfc4253#section-6.6, https://www.rfc-editor.org/rfc/rfc4251#section-5
 */

import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { refuse } from './refusals.ts';

const leastBits = 2048;

/** Reads a key in either form. @throws AwsFault UnrecognizedPublicKeyEncoding, or InvalidPublicKey for one below 2048 bits */
export function readPublicKey(text: string): KeyObject {
  const key = findPublicKey(text);
  if (key === undefined) throw refuse('UnrecognizedPublicKeyEncoding', 'Invalid public key uploaded.');
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < leastBits) {
    throw refuse('InvalidPublicKey', 'Invalid body for public key');
  }
  return key;
}

/** The key in a form, without a comment that it was uploaded with. */
export function encodePublicKey(text: string, encoding: 'SSH' | 'PEM'): string {
  const key = readPublicKey(text);
  if (encoding === 'SSH') return `ssh-rsa ${composeBlob(key).toString('base64')}`;
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

/** MD5 of the key, in pairs of digits, as `ssh-keygen -l -E md5` shows it. */
export function composeFingerprint(key: KeyObject): string {
  const digest = createHash('md5').update(composeBlob(key)).digest('hex');
  return (digest.match(/../g) ?? []).join(':');
}

function isSshText(text: string): boolean {
  return text.trimStart().startsWith('ssh-rsa ');
}

function findPublicKey(text: string): KeyObject | undefined {
  try {
    const key = isSshText(text) ? parseSshText(text) : createPublicKey(text);
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}

function parseSshText(text: string): KeyObject {
  const [name, exponent, modulus] = splitBlob(Buffer.from(text.trim().split(/\s+/)[1] ?? '', 'base64'));
  if (name?.toString() !== 'ssh-rsa' || !exponent || !modulus) throw new Error('no RSA key');
  const numbers = { e: exponent.toString('base64url'), n: modulus.toString('base64url') };
  return createPublicKey({ format: 'jwk', key: { kty: 'RSA', ...numbers } });
}

/** The fields of a key: each has its length before it, in four bytes. */
function splitBlob(blob: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let at = 0; at < blob.length;) {
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) throw new Error('a field is cut off');
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function composeBlob(key: KeyObject): Buffer {
  const { e = '', n = '' } = key.export({ format: 'jwk' });
  const numbers = [e, n].map((number) => composeNumber(Buffer.from(number, 'base64url')));
  return Buffer.concat([Buffer.from('ssh-rsa'), ...numbers].flatMap((field) => [composeLength(field), field]));
}

/** A number is signed, so one whose first bit is set has a zero before it. */
function composeNumber(bytes: Buffer): Buffer {
  return (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]);
}

function composeLength({ length }: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}
