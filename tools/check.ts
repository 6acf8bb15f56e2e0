// Everything that must hold, in order of cost: `npm test`. Stops at the first step that fails.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { listLeftOut } from '../test/clients/available.ts';

process.chdir(dirname(import.meta.dirname));

const steps: [name: string, ...command: string[]][] = [
  ['build', process.execPath, 'tools/build.ts'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['types', 'tsc', '--noEmit'],
  ['imports', 'depcruise', 'src', '--config', 'dependency-cruiser.config.cjs', '--output-type', 'err'],
  ['lint', 'eslint', '.', '--max-warnings', '0'],
  ['package', 'publint', '--strict'],
  ['package types', 'attw', '--pack', '.', '--profile', 'esm-only'],
  ['tests', 'vitest', 'run', ...process.argv.slice(2)],
];

const inCi = process.env.CI === 'true';
const leftOut = listLeftOut();
for (const { line } of leftOut) console.log(`left out: ${line}`);
if (inCi && leftOut.some((item) => !item.allowedInCi)) {
  console.log('with CI=true nothing may be left out: install what is missing');
  process.exit(1);
}

for (const [name, command, ...args] of steps) {
  console.log(`== ${name}`);
  // npm puts node_modules/.bin on the PATH, so the tools are found by name.
  const { status, error } = spawnSync(command ?? '', args, { stdio: 'inherit' });
  if (error !== undefined) console.log(`${name}: ${error.message}`);
  if (status !== 0) {
    console.log(`failed: ${name}`);
    process.exit(1);
  }
}
