import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatDuration } from '../../../../src/cli/output/time.ts';
import { formatWrapped, wrapText } from '../../../../src/cli/output/wrap.ts';

it('wraps between words, and gives a longer one a line of its own', () => {
  expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapText('a incomprehensible b', 5)).toEqual(['a', 'incomprehensible', 'b']);
});

it('loses no word', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
  fc.assert(
    fc.property(
      words,
      fc.integer({ min: 1, max: 40 }),
      (all, width) => wrapText(all.join(' '), width).join(' ') === all.join(' '),
    ),
  );
});

it('sets texts beside their names', () => {
  expect(
    formatWrapped(
      [
        ['a', 'one two three four five six'],
        ['long', 'x'],
      ],
      26,
    ),
  ).toBe('a     one two three four\n      five six\nlong  x\n');
});

it.each([
  [90 * 86_400_000, '90d'],
  [36 * 3_600_000, '36h'],
  [90_000, '90s'],
  [300_000, '5m'],
  [0, '0s'],
])('writes %i ms as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});
