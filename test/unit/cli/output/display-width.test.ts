import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, measureWidth, padText, truncateText } from '../../../../src/cli/output/display-width.ts';

describe('measureWidth', () => {
  it.each([
    ['alice', 5],
    ['', 0],
    ['山田', 4],
    ['ｆｕｌｌ', 8],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['한글', 4],
  ])('takes %j to be %i columns wide', (text, width) => {
    expect(measureWidth(text)).toBe(width);
  });
});

describe('truncateText', () => {
  it('leaves alone what fits', () => {
    expect(truncateText('alice', 5)).toBe('alice');
  });

  it('cuts between characters, also where one is two columns wide', () => {
    expect(truncateText('alice-in-chains', 6)).toBe('alice…');
    expect(truncateText('山田太郎', 6)).toBe('山田…');
  });

  it('never gives out more columns than asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        expect(measureWidth(truncateText(cleanText(text), width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('padText', () => {
  it('fills up by columns', () => {
    expect(padText('山', 4)).toBe('山  ');
    expect(padText('alice', 3)).toBe('alice');
  });
});

describe('cleanText', () => {
  it('takes the power from terminal sequences and line breaks', () => {
    expect(cleanText('a\u001b[31mb\nc')).toBe('a [31mb c');
  });
});
