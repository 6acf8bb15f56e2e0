import { describe, expect, it } from 'vitest';

import { findNearest } from '../../../../src/cli/settings/nearest.ts';

describe('findNearest', () => {
  it.each([
    ['prdo', ['dev', 'prod'], 'prod'],
    ['PROD', ['dev', 'prod'], 'prod'],
    ['prod', ['prod-eu', 'dev'], undefined],
    ['stagng', ['staging', 'stage'], 'staging'],
    ['x', ['y'], 'y'],
    ['production', ['dev'], undefined],
    ['a', [], undefined],
  ])('%j among %j is %j', (word, candidates, nearest) => {
    expect(findNearest(word, candidates)).toBe(nearest);
  });
});
