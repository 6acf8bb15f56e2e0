/**
 * One-time passwords by time: six digits of HMAC-SHA-1 over the number of the 30-second step.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc6238 and https://www.rfc-editor.org/rfc/rfc4226#section-5.3
 */

import { createHmac, timingSafeEqual } from 'node:crypto';

const stepLength = 30_000;

/** The number of the step that a time falls into. */
export function findStep(time: Date): number {
  return Math.floor(time.getTime() / stepLength);
}

/**
 * The code of a seed at a step.
 *
 * @example
 * computeCode(Buffer.from('12345678901234567890'), 1); // '287082'
 */
export function computeCode(seed: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.max(0, step)));
  const digest = createHmac('sha1', seed).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** Whether a code is the seed's at a step; in constant time. */
export function isCodeAt(seed: Uint8Array, step: number, code: string): boolean {
  return code.length === 6 && timingSafeEqual(Buffer.from(computeCode(seed, step)), Buffer.from(code.padEnd(6, '0')));
}
