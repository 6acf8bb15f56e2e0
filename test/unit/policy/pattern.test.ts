import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, matchesPattern, quotePattern, splitPattern } from '../../../src/policy/pattern.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 12 });
const patterns = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 10 });

/** The same question put to a regular expression, which is slow on hostile patterns and right on short ones. */
function matchesExpression(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`).test(text);
}

describe('matchesPattern', () => {
  it('agrees with a regular expression', () => {
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        expect(matchesPattern(compilePattern(pattern), text)).toBe(matchesExpression(pattern, text));
      }),
      { numRuns: 5000 },
    );
  });

  it('takes every character of a quoted pattern as it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        expect(matchesPattern(quotePattern(text), text)).toBe(true);
        expect(matchesPattern(quotePattern(text), other)).toBe(text === other);
      }),
    );
  });

  it.each([
    ['many stars', '*a'.repeat(5_000) + 'b', 'a'.repeat(20_000)],
    ['stars alone', '*'.repeat(100_000) + 'b', 'a'.repeat(20_000)],
    ['question marks between stars', '*?'.repeat(5_000) + 'b', 'a'.repeat(20_000)],
    ['a long run that almost fits', '*' + 'a'.repeat(1_000) + 'b', 'a'.repeat(20_000)],
  ])('is not slowed down by %s', (_, pattern, text) => {
    const compiled = compilePattern(pattern);
    const started = performance.now();
    expect(matchesPattern(compiled, text)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('splitPattern', () => {
  it('cuts at literal colons, the last part keeping the rest', () => {
    expect(splitPattern(compilePattern('a:*:c:d'), 3)).toEqual(['a', '*', 'c:d'].map(compilePattern));
    expect(splitPattern(compilePattern('a'), 3)).toEqual([compilePattern('a')]);
  });
});
