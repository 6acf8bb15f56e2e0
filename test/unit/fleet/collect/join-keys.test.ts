import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinKeys } from '../../../../src/fleet/collect/join-keys.ts';
import type { KeySlot } from '../../../../src/fleet/collect/report.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const reportedAt = at(100);

function key(AccessKeyId: string, day: number) {
  return { UserName: 'bob', AccessKeyId, Status: 'Active', CreateDate: at(day) };
}

/** @param used a day of use, or none */
function slot(day: number | undefined, used?: number): KeySlot {
  const LastUsed =
    used === undefined
      ? ({ Kind: 'never' } as const)
      : ({ Kind: 'used', LastUsedDate: at(used), Region: 'r', ServiceName: 's' } as const);
  return { Status: 'Active', lastRotated: day === undefined ? undefined : at(day), LastUsed };
}

function join(keys: Parameters<typeof joinKeys>[0], slots: readonly KeySlot[]): Record<string, number> {
  const joined = joinKeys(keys, slots, reportedAt);
  return Object.fromEntries([...joined].map(([id, its]) => [id, slots.indexOf(its)]));
}

describe('keys and slots of the report', () => {
  it.each([
    ['by the time of creation, in either order', [key('A', 1), key('B', 2)], [slot(2, 50), slot(1)], { A: 1, B: 0 }],
    ['where one was activated later', [key('A', 1), key('B', 2)], [slot(1), slot(60, 50)], { A: 0, B: 1 }],
    ['where the older one was deleted since', [key('B', 2)], [slot(1, 9), slot(2, 50)], { B: 1 }],
    ['not where the slot left may be that of the other, activated later', [key('A', 1)], [slot(1, 9), slot(2, 50)], {}],
    ['not where a key is newer than the report', [key('A', 1), key('N', 101)], [slot(1)], { A: 0 }],
    ['not where a key took the place of a deleted one', [key('N', 101)], [slot(1, 9)], {}],
    ['not where both were activated later', [key('A', 1), key('B', 2)], [slot(60, 70), slot(61)], {}],
    ['not where both were made at once and used apart', [key('A', 1), key('B', 1)], [slot(1, 9), slot(1)], {}],
    ['where both were made at once and never used', [key('A', 1), key('B', 1)], [slot(1), slot(1)], { A: 0, B: 1 }],
    ['where a slot has no time and is the only one', [key('A', 1)], [slot(undefined, 4)], { A: 0 }],
    ['not without slots', [key('A', 1)], [], {}],
    ['not where there are more keys than slots', [key('A', 1), key('B', 2), key('C', 3)], [slot(1), slot(2)], {}],
  ])('are joined %s', (_what, keys, slots, expected) => {
    expect(join(keys, slots)).toEqual(expected);
  });

  it('are never joined wrongly, whatever was made, activated and deleted', () => {
    const keys = fc.array(
      fc.record({
        made: fc.integer({ min: 1, max: 6 }),
        activated: fc.option(fc.integer({ min: 1, max: 6 })),
        isGone: fc.boolean(),
      }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(keys, fc.boolean(), (made, isTurned) => {
        const all = made.map((one, index) => ({
          listed: key(`K${index}`, one.made),
          slot: slot(Math.max(one.made, one.activated ?? 0), 10 + index),
          isGone: one.isGone,
        }));
        const slots = all.map((one) => one.slot);
        if (isTurned) slots.reverse();
        const left = all.filter(({ isGone }) => !isGone);
        const joined = joinKeys(
          left.map(({ listed }) => listed),
          slots,
          reportedAt,
        );
        for (const { listed, slot: own } of left) {
          const its = joined.get(listed.AccessKeyId);
          // Made or activated in the same second as the other: nobody can tell, and so it must not be told.
          if (its !== undefined) expect(its).toBe(own);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
