/**
 * Deliberate faults, each of which the simulation has to find:
 *
 *   node test/simulation/mutants.ts [NAME...]
 *
 * A mutant is a copy of src/ with one text replaced. Prints a line of JSON for each: the seed that found it, and the law
 * that it broke.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadSubject } from './subject.ts';
import { simulate } from './world.ts';

interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const deliveries = 'return [...proof, ...planDeliveries(rotation, AccessKeyId), ...planTag(rotation, AccessKeyId)];';

export const mutants: readonly Mutant[] = [
  {
    name: 'delivering before proving',
    file: 'rotation/plan.ts',
    find: deliveries,
    replace: 'return [...planDeliveries(rotation, AccessKeyId), ...proof, ...planTag(rotation, AccessKeyId)];',
  },
  {
    name: 'one success as proof',
    file: 'iam/prove-access-key.ts',
    find: 'successes = 3,',
    replace: 'successes = 1,',
  },
  {
    name: 'retiring before delivering',
    file: 'rotation/plan.ts',
    find: deliveries,
    replace: `return [...proof, { kind: 'deactivate', AccessKeyId: old.AccessKeyId, why: '' }, ...planDeliveries(rotation, AccessKeyId)];`,
  },
  {
    name: 'journaling the id after delivery',
    file: 'rotation/steps/new-key.ts',
    find: `await run.write({ type: 'created', data: { AccessKeyId: key.AccessKeyId } });`,
    replace: `for (const spec of rotation.sinks) {
      await run.perform((effect) => run.sink(spec).deliver(key, { replaces: rotation.old.AccessKeyId, ...effect }));
    }
    await run.write({ type: 'created', data: { AccessKeyId: key.AccessKeyId } });`,
  },
  {
    name: 'reading the gate too early',
    file: 'rotation/gate.ts',
    find: 'return forced === undefined ? Math.max(options[which], options.evidenceLag) : options[which];',
    replace: 'return forced === undefined ? Math.max(0, options[which] - options.evidenceLag) : options[which];',
  },
  {
    name: 'treating unknown as never used',
    file: 'rotation/gate.ts',
    find: `if (LastUsed.Kind === 'unknown') {`,
    replace: `if (LastUsed.Kind === 'unknown' && LastUsed.Reason === '') {`,
  },
  {
    name: 'skipping the second gate',
    file: 'rotation/plan.ts',
    find: `...readGate(rotation, 'delete', now, 'its last use is read once more'),`,
    replace: '',
  },
  {
    name: 'adopting an unknown key',
    file: 'rotation/steps/new-key.ts',
    find: 'const maker = await run.ports.iam.findMaker(AccessKeyId, run.id, creation.at, run.signal);',
    replace: `const maker = { kind: 'ours' } as { kind: string; why: string; who: string };`,
  },
  {
    name: 'signing the reads of the gate with the old key',
    file: 'rotation/steps/delivery.ts',
    find: 'if ((await iam.signer()) !== run.rotation.old.AccessKeyId) return true;',
    replace: 'return true;',
  },
];

const source = resolve(import.meta.dirname, '../../src');
/** What the rotation is made of. */
const parts = ['errors.ts', 'secret.ts', 'access-key-id.ts', 'iam', 'journal', 'rotation', 'store'];
/** Seeds after which a mutant counts as not found. */
const seedsAtMost = 1500;

/** @returns the `src` folder of a copy with the fault */
function plant({ name, file, find, replace }: Mutant, folder: string): string {
  const copy = join(folder, name.replaceAll(' ', '-'), 'src');
  for (const part of parts) cpSync(join(source, part), join(copy, part), { recursive: true });
  symlinkSync(resolve(source, '../node_modules'), resolve(copy, '../node_modules'));
  writeFileSync(resolve(copy, '../package.json'), '{"type":"module"}');
  const text = readFileSync(join(copy, file), 'utf8');
  if (text.split(find).length !== 2) throw new TypeError(`${file} has no one place that reads: ${find}`);
  writeFileSync(
    join(copy, file),
    text.replace(find, () => replace),
  );
  return copy;
}

async function hunt(mutant: Mutant, folder: string): Promise<{ seed: number; law: string } | undefined> {
  const subject = await loadSubject(plant(mutant, folder));
  for (let seed = 1; seed <= seedsAtMost; seed++) {
    const { violations } = await simulate(subject, seed);
    if (violations[0] !== undefined) return { seed, law: violations[0] };
  }
  return undefined;
}

if (process.argv[1] === import.meta.filename) {
  const asked = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-mutants-'));
  try {
    for (const mutant of mutants) {
      if (asked.length > 0 && !asked.includes(mutant.name)) continue;
      console.log(JSON.stringify({ mutant: mutant.name, ...(await hunt(mutant, folder)) }));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
