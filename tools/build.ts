// Builds dist/: the library file by file with its declarations (tsc), the command line as a bundle (esbuild) in which
// each command is a chunk of its own, loaded when it is run.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import manifest from '../package.json' with { type: 'json' };

const root = dirname(import.meta.dirname);
const require = createRequire(import.meta.url);

process.chdir(root);
rmSync('dist', { recursive: true, force: true });

execFileSync(
  process.execPath,
  [join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc'), '-p', 'tsconfig.build.json'],
  { stdio: 'inherit' },
);

await build({
  entryPoints: { main: 'src/cli/main.ts' },
  outdir: 'dist/cli',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.22',
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  define: { KEYTURN_VERSION: JSON.stringify(manifest.version) },
  // CommonJS packages inside an ESM bundle still ask for `require`.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
});
