// Builds dist/: the library file by file with its declarations (tsc), and the command line in one file (esbuild).
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import manifest from '../package.json' with { type: 'json' };
import { writeLicences } from './licences.ts';

process.chdir(dirname(import.meta.dirname));
rmSync('dist', { recursive: true, force: true });
buildLibrary();
writeFileSync('dist/cli/THIRD-PARTY-LICENSES.txt', writeLicences(await buildCommandLine()));

function buildLibrary(): void {
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  const compiler = join(dirname(typescript), 'bin', 'tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}

/**
 * Bundles in two passes. The first splits the program at every `import()`: only so is what a part does not use of a
 * package left out of it. The second puts the parts into one CommonJS file, where each still waits for its `import()`:
 * one file is read faster than forty, and bin/start.cjs can keep what was compiled of it.
 */
async function buildCommandLine(): Promise<Metafile> {
  const shared = {
    bundle: true,
    platform: 'node',
    target: 'node22.22',
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
  } satisfies BuildOptions;
  const { metafile } = await build({
    ...shared,
    entryPoints: { main: 'src/cli/main.ts' },
    outdir: 'dist/cli/parts',
    format: 'esm',
    splitting: true,
    metafile: true,
    // The packages' modules rather than their CommonJS, of which nothing can be left out.
    mainFields: ['module', 'main'],
    conditions: ['module'],
    define: { KEYTURN_VERSION: JSON.stringify(manifest.version) },
  });
  await build({
    ...shared,
    entryPoints: ['dist/cli/parts/main.js'],
    outfile: 'dist/cli/main.cjs',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    // Every run reads it whole. Names stay, for stack traces; bin/start.cjs calls it as a function.
    minifyWhitespace: true,
    lineLimit: 160,
    banner: { js: '(function (require) {' },
    footer: { js: '})' },
  });
  rmSync('dist/cli/parts', { recursive: true });
  return metafile;
}
