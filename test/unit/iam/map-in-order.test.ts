import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapInOrder } from '../../../src/iam/map-in-order.ts';

const delays = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 });
const concurrencies = fc.integer({ min: 1, max: 7 });

async function waitTurns(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
}

describe('mapInOrder', () => {
  it('keeps the order and the limit, whichever result comes first', async () => {
    await fc.assert(
      fc.asyncProperty(delays, concurrencies, async (items, concurrency) => {
        let underWay = 0;
        const results: number[] = [];
        const mapped = mapInOrder(items.entries(), concurrency, undefined, async ([index, delay]) => {
          underWay += 1;
          expect(underWay).toBeLessThanOrEqual(concurrency);
          await waitTurns(delay);
          underWay -= 1;
          return index;
        });
        for await (const result of mapped) results.push(result);
        expect(results).toEqual(items.map((_, index) => index));
      }),
    );
  });

  it('takes no more from its source than it was asked for', async () => {
    let taken = 0;
    function* count() {
      for (;;) yield taken++;
    }
    for await (const result of mapInOrder(count(), 3, undefined, (item) => Promise.resolve(item))) {
      if (result === 9) break;
    }
    expect(taken).toBe(12);
  });

  it('tells the others when one fails', async () => {
    const signals: AbortSignal[] = [];
    const mapped = mapInOrder([0, 1, 2], 3, undefined, (item, signal) => {
      signals.push(signal);
      return item === 0 ? Promise.reject(new Error('first')) : new Promise(() => undefined);
    });
    await expect(mapped.next()).rejects.toThrow('first');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  });

  it.each([0, -1, Number.NaN])('refuses a concurrency of %d', async (concurrency) => {
    const mapped = mapInOrder([1], concurrency, undefined, (item) => Promise.resolve(item));
    await expect(mapped.next()).rejects.toThrow(RangeError);
  });
});
