const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Bytes in base32, without padding.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc4648#section-6
 *
 * @example
 * encodeBase32(Buffer.from('foobar')); // 'MZXW6YTBOI'
 */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let waiting = 0;
  let bits = 0;
  for (const byte of bytes) {
    waiting = ((waiting << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet.charAt((waiting >> (bits - 5)) & 31);
  }
  return bits > 0 ? text + alphabet.charAt((waiting << (5 - bits)) & 31) : text;
}
