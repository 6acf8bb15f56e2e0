/**
 * Runs the simulation by hand:
 *
 *   node test/simulation/run.ts [--seeds 1000] [--from 1] [--src FOLDER] [--log]
 *
 * It ends at the first seed that violates a law, and prints what happened in it.
 */
import { parseArgs } from 'node:util';
import { loadSubject } from './subject.ts';
import { simulate } from './world.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    src: { type: 'string' },
    log: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  },
});
const from = Number(values.from);
const subject = await loadSubject(values.src);
const total = { seeds: 0, rotations: 0, processes: 0, deaths: 0, failures: 0, violations: 0 };
const outcomes: Record<string, number> = {};
const began = performance.now();

for (let seed = from; seed < from + Number(values.seeds); seed++) {
  const result = await simulate(subject, seed, values.log);
  total.seeds++;
  for (const name of ['rotations', 'processes', 'deaths', 'failures'] as const) total[name] += result.stats[name];
  for (const outcome of result.outcomes) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  if (values.log) console.log(result.log.join('\n'));
  if (result.violations.length === 0) continue;
  total.violations++;
  if (!values.log && !values.all) console.log((await simulate(subject, seed, true)).log.join('\n'));
  for (const violation of result.violations) console.log(`seed ${seed}: ${violation}`);
  process.exitCode = 1;
  if (!values.all) {
    console.log(`again: node test/simulation/run.ts --from ${seed} --seeds 1 --log`);
    break;
  }
}
console.log(JSON.stringify({ ...total, seconds: Number(((performance.now() - began) / 1000).toFixed(1)), outcomes }));
