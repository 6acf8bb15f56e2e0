/**
 * Finding out how far a device's clock is off, from two codes in a row.
 *
 * AWS looks for them in steps of 30 seconds around the device's time as it is known so far, from 998 steps before to 1,000
 * after, and never again at or before the last pair it took (docs/endpoint.md, "Virtual MFA devices").
 */

import { findStep, isCodeAt } from './totp.ts';

/** What is known of a device's codes. */
export interface CodeState {
  readonly seed: Uint8Array;
  /** How many steps the device's clock is ahead of ours. */
  readonly skew: number;
  /** The second step of the last pair that was taken; absent before the first. */
  readonly lastStep: number | undefined;
}

const earliest = -998;
const latest = 1_000;

/** The step of the second of two consecutive codes; undefined where they are none, or were taken before. */
export function findPair(
  { seed, skew, lastStep }: CodeState,
  [first, second]: readonly [string, string],
  now: Date,
): number | undefined {
  const middle = findStep(now) + skew;
  const start = Math.max(middle + earliest, (lastStep ?? -Infinity) + 2);
  for (let step = start; step <= middle + latest; step++) {
    if (isCodeAt(seed, step, second) && isCodeAt(seed, step - 1, first)) return step;
  }
  return undefined;
}

/** How many steps a code that proves possession may be off. */
const tolerance = 2;

/** The step of a single code, near the device's time; undefined where it is none. */
export function findCode({ seed, skew }: CodeState, code: string, now: Date): number | undefined {
  const middle = findStep(now) + skew;
  for (let step = middle - tolerance; step <= middle + tolerance; step++) {
    if (isCodeAt(seed, step, code)) return step;
  }
  return undefined;
}
