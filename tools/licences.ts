/** What the packages inside the bundled command line ask for: their names, and the texts of their licences. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

interface BundledPackage {
  /** As in `commander 15.1.0 (MIT)`. */
  readonly title: string;
  /** The licence files it comes with; some packages have none. */
  readonly text: string;
}

/** The text of THIRD-PARTY-LICENSES.txt. Packages with the same licence text stand together above it. */
export function writeLicences({ inputs }: Metafile): string {
  const folders = Object.keys(inputs).flatMap((file) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  const packages = [...new Set(folders)].sort().map(readPackage);
  const groups = Map.groupBy(packages, ({ text }) => text);
  const sections = [...groups].map(([text, members]) => {
    const titles = members.map(({ title }) => title).join('\n');
    return text === '' ? `${titles}\n(no licence text comes with these)` : `${titles}\n\n${text}`;
  });
  return ['The command line of Keyturn contains these packages.', ...sections].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n';
}

function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  if (license === undefined) throw new Error(`${name} is bundled and names no licence`);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}
