import { describe, expect, it } from 'vitest';
import { formatAge, formatTime } from '../../../../src/cli/output/time.ts';

const now = new Date('2026-11-21T20:00:00Z');

describe('formatAge', () => {
  it.each([
    ['2026-11-21T19:59:30Z', '30s'],
    ['2026-11-21T19:48:00Z', '12m'],
    ['2026-11-21T15:00:00Z', '5h'],
    ['2026-11-20T20:00:00Z', '1d'],
    ['2016-11-21T20:00:00Z', '3652d'],
    ['2026-11-21T20:05:00Z', '0s'],
  ])('of %s is %s', (from, age) => {
    expect(formatAge(new Date(from), now)).toBe(age);
  });
});

describe('formatTime', () => {
  it('is ISO 8601 in whole seconds', () => {
    expect(formatTime(new Date('2026-11-21T20:00:00.789Z'))).toBe('2026-11-21T20:00:00Z');
  });
});
