// Builds dist/: the library file by file with its declarations (tsc), and the command line in parts (esbuild).
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, transform, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import manifest from '../package.json' with { type: 'json' };
import { writeLicences } from './licences.ts';

/** What packages load of Node.js at every start for something that Keyturn does not do, or seldom, and what they get. */
const substitutes = [
  // Subcommands that are programs: none.
  { package: '/commander/', module: 'node:child_process', contents: 'export default {}' },
  // All of it and what it needs in turn, for one function.
  {
    package: '/@smithy/core/',
    module: 'node:fs/promises',
    contents: `import { readFile as read } from 'node:fs';
      import { promisify } from 'node:util';
      export const readFile = promisify(read);`,
  },
];

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
 * Splits the program at every `import()`, so that a run reads no more than its command needs, and each part once: an
 * `instanceof` holds between parts. esbuild splits ES modules alone, and bin/start.cjs can keep what was compiled of
 * scripts alone; so each part is then written as a function that is called as a CommonJS module would be.
 */
async function buildCommandLine(): Promise<Metafile> {
  const syntax = {
    platform: 'node',
    target: 'node22.22',
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
  } satisfies BuildOptions;
  const { metafile, outputFiles } = await build({
    ...syntax,
    bundle: true,
    write: false,
    entryPoints: { main: 'src/cli/main.ts' },
    outdir: 'dist/cli',
    outExtension: { '.js': '.cjs' },
    format: 'esm',
    splitting: true,
    metafile: true,
    // The packages' modules rather than their CommonJS, of which nothing can be left out.
    mainFields: ['module', 'main'],
    conditions: ['module'],
    define: {
      KEYTURN_VERSION: JSON.stringify(manifest.version),
      // The AWS SDK asks of every body whether it is a web stream, of which we give it none; to be asked, Node.js loads
      // its web streams.
      ReadableStream: 'undefined',
    },
    plugins: [substituteModules()],
  });
  mkdirSync('dist/cli', { recursive: true });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      ...syntax,
      format: 'cjs',
      supported: { 'dynamic-import': false },
      // Names stay, for stack traces.
      minifyWhitespace: true,
      lineLimit: 160,
      banner: '(function (exports, require, module) {',
      footer: '})',
    });
    writeFileSync(path, code);
  }
  return metafile;
}

/** Each takes some 3 ms. */
function substituteModules(): Plugin {
  return {
    name: 'substitute-modules',
    setup(bundle) {
      bundle.onResolve({ filter: /^node:/ }, ({ path, importer }) => {
        const file = importer.replaceAll('\\', '/');
        const pluginData = substitutes.find((given) => given.module === path && file.includes(given.package));
        return pluginData && { path, namespace: 'substitute', pluginData };
      });
      bundle.onLoad({ filter: /^/, namespace: 'substitute' }, ({ pluginData }) => ({
        contents: (pluginData as (typeof substitutes)[number]).contents,
      }));
    },
  };
}
