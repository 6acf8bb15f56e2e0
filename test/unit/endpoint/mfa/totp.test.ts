import { describe, expect, it } from 'vitest';
import { encodeBase32 } from '../../../../src/endpoint/mfa/base32.ts';
import { findCode, findPair } from '../../../../src/endpoint/mfa/synchronize.ts';
import { computeCode, findStep, isCodeAt } from '../../../../src/endpoint/mfa/totp.ts';

const seed = Buffer.from('12345678901234567890');
const now = new Date('2026-03-01T00:00:10Z');
const step = findStep(now);

describe('codes', () => {
  // https://www.rfc-editor.org/rfc/rfc6238#appendix-B, the last six of eight digits
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238 at second %d', (second, code) => {
    expect(computeCode(seed, findStep(new Date(second * 1_000)))).toBe(code);
  });

  it('are compared whole', () => {
    expect(isCodeAt(seed, 1, '287082')).toBe(true);
    for (const code of ['287083', '28708', '2870820', '']) expect(isCodeAt(seed, 1, code), code).toBe(false);
  });
});

describe('findPair', () => {
  const state = { seed, skew: 0, lastStep: undefined };
  const pairAt = (second: number) => [computeCode(seed, second - 1), computeCode(seed, second)] as const;

  it('finds two codes in a row from 998 steps back to 1,000 ahead', () => {
    for (const offset of [-998, -1, 0, 1, 1_000]) {
      expect(findPair(state, pairAt(step + offset), now), String(offset)).toBe(step + offset);
    }
    for (const offset of [-999, 1_001]) expect(findPair(state, pairAt(step + offset), now)).toBeUndefined();
  });

  it('looks around the time that the device is known to have', () => {
    expect(findPair({ ...state, skew: 900 }, pairAt(step + 1_900), now)).toBe(step + 1_900);
    expect(findPair({ ...state, skew: 900 }, pairAt(step - 99), now)).toBeUndefined();
  });

  it('takes neither a pair twice, nor one that overlaps it, nor an earlier one', () => {
    const taken = { ...state, lastStep: step };
    for (const offset of [-1, 0, 1]) expect(findPair(taken, pairAt(step + offset), now)).toBeUndefined();
    expect(findPair(taken, pairAt(step + 2), now)).toBe(step + 2);
  });

  it('takes the codes in their order only', () => {
    const [first, second] = pairAt(step);
    expect(findPair(state, [second, first], now)).toBeUndefined();
    expect(findPair(state, [second, second], now)).toBeUndefined();
  });
});

describe('findCode', () => {
  it('allows for two steps either way of the time that the device has', () => {
    const state = { seed, skew: 10, lastStep: undefined };
    const find = (offset: number) => findCode(state, computeCode(seed, step + 10 + offset), now);
    for (const offset of [-2, -1, 0, 1, 2]) expect(find(offset)).toBe(step + 10 + offset);
    for (const offset of [-3, 3]) expect(find(offset)).toBeUndefined();
  });
});

describe('encodeBase32', () => {
  // https://www.rfc-editor.org/rfc/rfc4648#section-10, without the padding
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('writes %j as %j', (text, encoded) => {
    expect(encodeBase32(Buffer.from(text))).toBe(encoded);
  });
});
