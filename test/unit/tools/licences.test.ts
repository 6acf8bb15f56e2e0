import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeLicences } from '../../../tools/licences.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-licences-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function install(name: string, license: string | undefined, files: Readonly<Record<string, string>>): string {
  const home = join(folder, 'node_modules', name);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name, version: '1.2.3', license }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(home, file), text);
  return join(home, 'dist', 'index.js');
}

function write(...files: readonly string[]): string {
  const nothing = { bytes: 0, imports: [] };
  return writeLicences({ inputs: Object.fromEntries(files.map((file) => [file, nothing])), outputs: {} });
}

describe('writeLicences', () => {
  it('names every bundled package once, above the text of its licence', () => {
    const one = install('one', 'MIT', { LICENSE: 'Do as you like.\n' });
    const two = install('@scope/two', 'MIT', { 'license.md': 'Do as you like.' });
    const three = install('three', 'Apache-2.0', { LICENSE: 'Terms.', NOTICE: 'Made by us.' });
    const text = write('src/cli/main.ts', one, two, three, join(one, '..', 'other.js'));
    expect(text).toContain('@scope/two 1.2.3 (MIT)\none 1.2.3 (MIT)\n\nDo as you like.\n');
    expect(text).toContain('three 1.2.3 (Apache-2.0)\n\nTerms.\n\nMade by us.\n');
    expect(text.match(/one 1\.2\.3/g)).toHaveLength(1);
  });

  it('says so where a package brings no text, and refuses one that names no licence', () => {
    expect(write(install('one', 'MIT', {}))).toContain('one 1.2.3 (MIT)\n(no licence text comes with these)\n');
    const two = install('two', undefined, {});
    expect(() => write(two)).toThrow('two is bundled and names no licence');
  });
});
