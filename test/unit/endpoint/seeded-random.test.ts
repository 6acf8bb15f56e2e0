import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../../src/endpoint/seeded-random.ts';

describe('SeededRandom', () => {
  it('draws the same for the same seed, however it is asked', () => {
    const [one, other] = [new SeededRandom('42'), new SeededRandom('42')];
    const all = Buffer.from(one.bytes(200_000));
    const parts = Array.from({ length: 200_000 / 8 }, () => Buffer.from(other.bytes(8)));
    // A piece that does not fit into what is left begins anew, which 8 bytes always do.
    expect(Buffer.concat(parts)).toEqual(all);
    expect(new SeededRandom('43').bytes(8)).not.toEqual(all.subarray(0, 8));
  });

  it('draws evenly', () => {
    const random = new SeededRandom('even');
    const counts = Array.from({ length: 10 }, () => 0);
    for (let index = 0; index < 20_000; index += 1) {
      const drawn = random.below(10);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(250);
  });

  it('picks and happens by chance', () => {
    const random = new SeededRandom('7');
    expect(new Set(Array.from({ length: 50 }, () => random.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
    expect([random.chance(0), random.chance(1)]).toEqual([false, true]);
  });
});
