/** `keyturn keys list` beside `aws iam list-access-keys`, each a whole process, on the same endpoint. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describePythonPackages, findPythonProgram } from './peers.ts';
import type { Section } from './report.ts';
import { administrator, keyturnServe, startServer } from './servers.ts';
import { findMedian, takeTurns } from './turns.ts';

const rounds = 15;
const target = 0.2;

/** Measures, or says why not. */
export async function measureCommandLine(): Promise<Section | string> {
  const aws = findPythonProgram('aws');
  if (aws === undefined) return 'the benchmark of the command line: there is no aws CLI beside python3';
  const home = mkdtempSync(join(tmpdir(), 'keyturn-bench-home-'));
  const server = await startServer(keyturnServe);
  try {
    await buildFloors(home);
    const run = prepareRuns(home, `http://127.0.0.1:${server.port}`);
    const keyturn = join(import.meta.dirname, '../bin/keyturn.cjs');
    const cases = {
      aws: run(aws, 'iam', 'list-access-keys'),
      keyturn: run(process.execPath, keyturn, 'keys', 'list'),
      sdk: run(process.execPath, join(home, 'sdk.cjs')),
      byHand: run(process.execPath, join(home, 'by-hand.cjs')),
      empty: run(process.execPath, join(home, 'empty.cjs')),
    };
    // The first run of each fills the caches of compiled code.
    for (const runOnce of Object.values(cases)) runOnce();
    return describe(await takeTurns(rounds, cases));
  } finally {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Bundles the floors, and gives each Node's own compile cache: what a careful author would do. */
async function buildFloors(folder: string): Promise<void> {
  const names = ['empty', 'sdk', 'by-hand'];
  await build({
    entryPoints: names.map((name) => join(import.meta.dirname, 'floors', `${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.bundle.cjs' },
    bundle: true,
    // As an ES module, node:http alone takes 20 ms more: its every export is read, and one of them is fetch.
    format: 'cjs',
    platform: 'node',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    logLevel: 'warning',
  });
  for (const name of names) {
    const cache = `require('node:module').enableCompileCache(${JSON.stringify(join(folder, 'cache'))});`;
    writeFileSync(join(folder, `${name}.cjs`), `${cache}\nrequire('./${name}.bundle.cjs');\n`);
  }
}

/** How a program is run and timed, in milliseconds, with nothing in its environment but what it needs. */
function prepareRuns(home: string, url: string): (command: string, ...args: string[]) => () => number {
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    AWS_ENDPOINT_URL_IAM: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_ACCESS_KEY_ID: administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
  };
  return (command, ...args) =>
    () => {
      const start = performance.now();
      const { status, stderr } = spawnSync(command, args, { env });
      const time = performance.now() - start;
      if (status === 0) return time;
      throw new Error(`${command} ${args.join(' ')} ended with ${String(status)}: ${stderr.toString()}`);
    };
}

function describe(times: Readonly<Record<'aws' | 'keyturn' | 'sdk' | 'byHand' | 'empty', number[]>>): Section {
  const peer = findMedian(times.aws);
  const row = (what: string, values: number[]) => {
    const median = findMedian(values);
    return [what, median.toFixed(0), Math.min(...values).toFixed(0), (median / peer).toFixed(3)];
  };
  return {
    title: 'The command line',
    setting: `\`keyturn keys list\` beside \`aws iam list-access-keys\`: the whole process from start to exit, on the same
\`keyturn serve\`, credentials and region from the environment, ${rounds} runs of each taken in turn after one that is not
counted. Keyturn makes two calls here, as it adds the last use of the user's one key; the others make one.`,
    table: [
      ['', 'median ms', 'least ms', 'of aws'],
      row('`aws iam list-access-keys`', times.aws),
      row('`keyturn keys list`', times.keyturn),
      row('the bare SDK: one call, bundled, with a compile cache', times.sdk),
      row('one call signed by hand over `node:http`, bundled, with a compile cache', times.byHand),
      row('Node.js, doing nothing', times.empty),
    ],
    notes: `Wanted: at most ${target.toFixed(2)} of the aws CLI's time. What stands between Keyturn and the call signed by hand is
the AWS SDK: its modules, its client, its middleware and its XML reader, which every command that calls AWS goes
through. Reading the command line, the AWS settings and the second call are the rest.
Keyturn keeps close to the bare SDK because bin/start.cjs keeps what V8 compiled while the program ran, where Node's own
cache keeps what it compiled while loading, and because no more of the command line is read than the command needs.`,
    peers: `aws CLI ${describePythonPackages('awscli', 'botocore')}`,
  };
}
