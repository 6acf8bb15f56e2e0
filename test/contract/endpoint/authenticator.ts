// What an authenticator program shows for a virtual MFA device.
import { computeCode, findStep } from '../../../src/endpoint/mfa/totp.ts';

/** The code of now, or of so many steps later. */
export function showCode(Base32StringSeed: string, steps = 0): string {
  return computeCode(readSeed(Base32StringSeed), findStep(new Date()) + steps);
}

/** The bytes of a seed as answers carry it: base32, as authenticator programs read it, in base64. */
function readSeed(Base32StringSeed: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const base32 = Buffer.from(Base32StringSeed, 'base64').toString();
  const bits = Array.from(base32, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? []);
}
