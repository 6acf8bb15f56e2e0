const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const accountBits = 40n;
const opaqueBits = 39n;
const newFormat = 1n << (accountBits + opaqueBits);

/**
 * Whether a text can be an access key id for AWS: 16 to 128 letters, digits and underscores, as the service model says.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html
 */
export function isAccessKeyId(text: string): boolean {
  return /^\w{16,128}$/.test(text);
}

/**
 * The 12-digit account id that an access key id carries, or undefined where it carries none: ids made before 2019, and
 * texts of another form, have to be asked for with sts:GetAccessKeyInfo.
 *
 * The 16 characters after the prefix are a base32 number of 80 bits: one bit that marks the format, 40 bits of account
 * id, 39 opaque bits (docs/endpoint.md, "Ids").
 *
 * @example
 * accountIdOf('ASIAQNZGKIQY56JQ7WML'); // '029608264753'
 * accountIdOf('AKIAIOSFODNN7EXAMPLE'); // undefined: the old format
 */
export function accountIdOf(AccessKeyId: string): string | undefined {
  if (!/^[A-Z]{4}[A-Z2-7]{16}$/.test(AccessKeyId)) return undefined;
  let number = 0n;
  for (const character of AccessKeyId.slice(4)) number = (number << 5n) | BigInt(base32.indexOf(character));
  if ((number & newFormat) === 0n) return undefined;
  const account = (number >> opaqueBits) & ((1n << accountBits) - 1n);
  return account < 1_000_000_000_000n ? account.toString().padStart(12, '0') : undefined;
}

/**
 * An access key id for an account: the prefix, then 16 base32 characters that carry the account and 39 opaque bits.
 *
 * @param prefix `AKIA` for a long-term key, `ASIA` for a temporary one
 * @param opaque the low 39 bits; the caller draws them from node:crypto
 * @example
 * composeAccessKeyId('AKIA', '123456789012', 0n); // 'AKIARZPUZDIKAAAAAAAA'
 */
export function composeAccessKeyId(prefix: 'AKIA' | 'ASIA', account: string, opaque: bigint): string {
  let number = newFormat | (BigInt(account) << opaqueBits) | (opaque & ((1n << opaqueBits) - 1n));
  let text = '';
  for (let index = 0; index < 16; index++) {
    text = base32.charAt(Number(number & 31n)) + text;
    number >>= 5n;
  }
  return prefix + text;
}
