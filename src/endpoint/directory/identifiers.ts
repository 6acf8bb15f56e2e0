import { composeAccessKeyId } from '../../access-key-id.ts';

/** Draws random bytes; `randomBytes` of node:crypto outside tests. */
export type RandomBytes = (size: number) => Uint8Array;

const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+';
const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new access key id of an account, `AKIA…` for a long-term key or `ASIA…` for a temporary one. */
export function drawAccessKeyId(prefix: 'AKIA' | 'ASIA', accountId: string, random: RandomBytes): string {
  return composeAccessKeyId(prefix, accountId, readNumber(random(5)));
}

/**
 * A new unique id of a user (`AIDA…`), a role (`AROA…`), a group (`AGPA…`), a policy (`ANPA…`), an instance profile (`AIPA…`), a public key (`APKA…`) or a
 * service-specific credential (`ACCA…`): 21 characters, with the account inside as in a key's id.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function drawUniqueId(
  prefix: 'AIDA' | 'AROA' | 'AGPA' | 'ANPA' | 'AIPA' | 'APKA' | 'ACCA',
  accountId: string,
  random: RandomBytes,
): string {
  return prefix + drawAccessKeyId('AKIA', accountId, random).slice(prefix.length) + drawText(1, idAlphabet, random);
}

/** A new secret access key: 40 characters of `A-Za-z0-9/+`, 240 random bits. */
export function drawSecretAccessKey(random: RandomBytes): string {
  return drawText(40, secretAlphabet, random);
}

/** The alphabets have 64 and 32 letters, so the low bits of a byte choose one without bias. */
function drawText(length: number, alphabet: string, random: RandomBytes): string {
  let text = '';
  for (const byte of random(length)) text += alphabet.charAt(byte % alphabet.length);
  return text;
}

function readNumber(bytes: Uint8Array): bigint {
  let number = 0n;
  for (const byte of bytes) number = (number << 8n) | BigInt(byte);
  return number;
}
