import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedMap } from '../../../src/endpoint/bounded-map.ts';

function fill(room: number, keys: Iterable<number>): BoundedMap<number, string> {
  const map = new BoundedMap<number, string>(room);
  for (const key of keys) map.set(key, `value of ${key}`);
  return map;
}

describe('a bounded map', () => {
  it('keeps at least half of its room of what was set last, and never more than its room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 0, max: 200 }), (room, count) => {
        const map = fill(room, Array(count).keys());
        const kept = [...Array(count).keys()].filter((key) => map.get(key) !== undefined);
        expect(kept.length).toBeLessThanOrEqual(room);
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(count, Math.floor(room / 2)));
        expect(kept).toEqual([...Array(count).keys()].slice(count - kept.length));
      }),
    );
  });

  it('has the value set last, null too', () => {
    const map = new BoundedMap<string, string | null>(4);
    map.set('a', 'before');
    for (const key of ['b', 'c']) map.set(key, key);
    map.set('a', null);
    expect(map.get('a')).toBeNull();
  });

  it('forgets an entry of either generation, or all', () => {
    const map = fill(4, [1, 2, 3]);
    for (const key of [1, 3]) map.delete(key);
    expect([1, 2, 3].map((key) => map.get(key))).toEqual([undefined, 'value of 2', undefined]);
    map.clear();
    expect(map.get(2)).toBeUndefined();
  });
});
