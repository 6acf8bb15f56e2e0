import { expect, it } from 'vitest';
import { Gate } from '../../../../src/fleet/collect/gate.ts';

it('a gate lets so many in at a time, in their order, also behind one that failed', async () => {
  const gate = new Gate(2);
  const log: string[] = [];
  const ends = Array.from({ length: 4 }, () => Promise.withResolvers<undefined>());
  const results = ends.map(({ promise }, index) =>
    gate.pass(async () => {
      log.push(`in ${index}`);
      await promise;
    }),
  );
  const settle = () => new Promise(setImmediate);
  await settle();
  expect(log).toEqual(['in 0', 'in 1']);
  ends[1]?.reject(new Error('failed'));
  await expect(results[1]).rejects.toThrow('failed');
  await settle();
  expect(log).toEqual(['in 0', 'in 1', 'in 2']);
  for (const { resolve } of ends) resolve(undefined);
  await Promise.all([results[0], results[2], results[3]]);
  expect(log.at(-1)).toBe('in 3');
});
