// Rotations under a virtual clock: seeds that must pass, and faults that must be found. KEYTURN_SIMULATION_SEEDS makes it longer.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { mutants } from './mutants.ts';

const seeds = process.env.KEYTURN_SIMULATION_SEEDS ?? '1500';

async function run(file: string, ...args: string[]): Promise<string> {
  const program = join(import.meta.dirname, file);
  // Of a run that fails, standard output is the log of the seed and the command that replays it.
  return promisify(execFile)(process.execPath, [program, ...args], { maxBuffer: 1e8 }).then(
    ({ stdout }) => stdout,
    (error: unknown) => (error as { stdout: string }).stdout,
  );
}

it('keeps every law under every seed', { timeout: 600_000 }, async () => {
  const printed = await run('run.ts', '--seeds', seeds);
  const total: unknown = JSON.parse(printed.trim().split('\n').at(-1) ?? '');
  expect(total, printed.slice(-20_000)).toMatchObject({ seeds: Number(seeds), violations: 0 });
});

it('finds every deliberate fault', { timeout: 600_000 }, async () => {
  const lines = (await run('mutants.ts')).trim().split('\n');
  const found = lines.map((line) => JSON.parse(line) as { mutant: string; law?: string });
  expect(found.map(({ mutant }) => mutant)).toEqual(mutants.map(({ name }) => name));
  expect(found.filter(({ law }) => law === undefined)).toEqual([]);
});
