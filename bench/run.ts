// The benchmarks: `npm run bench`, or `npm run bench -- cli` for one of them. Each writes its section of docs/benchmarks.md.
import { measureCommandLine } from './cli.ts';
import { measureEndpoint } from './endpoint.ts';
import { measureFleetScan } from './fleet-scan.ts';
import { writeSection } from './report.ts';
import { measureScale } from './scale.ts';

const benchmarks = {
  cli: measureCommandLine,
  endpoint: measureEndpoint,
  fleet: () => measureFleetScan(),
  scale: measureScale,
} as const;
const names = Object.keys(benchmarks);
const chosen = process.argv.length > 2 ? process.argv.slice(2) : names;

for (const name of chosen) {
  const measure = Object.entries(benchmarks).find(([known]) => known === name)?.[1];
  if (measure === undefined) throw new Error(`there is no benchmark ${name}: there are ${names.join(' and ')}`);
  const section = await measure();
  if (typeof section === 'string') console.log(`left out: ${section}`);
  else console.log(await writeSection(section, `npm run bench -- ${name}`));
}
