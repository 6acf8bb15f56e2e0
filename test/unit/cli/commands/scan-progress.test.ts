import { expect, it } from 'vitest';
import { describeProgress } from '../../../../src/cli/commands/scan-progress.ts';

const progress = { accounts: 0, users: 0, usersInAll: 5000, calls: 0, throttled: 0 };

it.each([
  [progress, 1, '0/5000 users · 0 calls, 0.0 a second'],
  [
    { ...progress, users: 1000, calls: 1003, accountsInAll: 1 },
    50_000,
    '1000/5000 users · 1003 calls, 20 a second · 4 min left',
  ],
  [{ ...progress, users: 4900, calls: 4903 }, 250_000, '4900/5000 users · 4903 calls, 20 a second · 6 s left'],
  [
    { ...progress, users: 5000, calls: 5003, throttled: 7 },
    250_000,
    '5000/5000 users · 5003 calls, 20 a second, 7 throttled',
  ],
  [
    { ...progress, accounts: 25, accountsInAll: 100, users: 9, calls: 90 },
    30_000,
    '25/100 accounts · 9/5000 users · 90 calls, 3.0 a second · 2 min left',
  ],
])('%o after %i ms', (given, elapsed, expected) => {
  expect(describeProgress(given, elapsed)).toBe(expected);
});
