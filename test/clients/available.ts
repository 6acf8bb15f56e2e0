// Which outside programs the tests can use here. A missing one is left out with a line that says so; where CI=true it
// is a failure, so that nothing goes unproven there.
import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a program printed, or undefined where it is missing or fails. */
function probe(command: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 }).trim();
  } catch {
    return undefined;
  }
}

function findPython(): { command: string; boto3: string } | undefined {
  for (const command of ['python3', '/usr/bin/python3']) {
    const boto3 = probe(command, '-c', 'import boto3; print(boto3.__version__)');
    if (boto3 !== undefined) return { command, boto3 };
  }
  return undefined;
}

function findAwsCli(): string | undefined {
  return ['aws', '/usr/bin/aws'].find((command) => probe(command, '--version') !== undefined);
}

/** Debian keeps the programs of the server out of the PATH, in a folder for each version. */
function findPostgres(): string | undefined {
  const debian = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return [...debian, ...(process.env.PATH ?? '').split(delimiter)].find((folder) =>
    ['initdb', 'postgres'].every((program) => probe(join(folder, program), '--version') !== undefined),
  );
}

/** A Python that has boto3, with boto3's version. */
export const python = findPython();

/** Whether that boto3 reads AWS_ENDPOINT_URL, which unmodified programs need (1.28 and later). */
export const readsEndpointVariable = python !== undefined && isAtLeast(python.boto3, 1, 28);

/** The `aws` command line. */
export const awsCli = findAwsCli();

/** Moto's server, whose start takes a second: looked for only where it is asked for. */
export function findMotoServer(): string | undefined {
  return probe('moto_server', '--help') === undefined ? undefined : 'moto_server';
}

export const zsh = probe('zsh', '--version') === undefined ? undefined : 'zsh';
export const fish = probe('fish', '--version') === undefined ? undefined : 'fish';

/** The folder of PostgreSQL's `initdb` and `postgres`. */
export const postgresFolder = findPostgres();

/** The browser that shows the pages we write. */
export const chromium = ['/usr/bin/chromium', 'chromium'].find((command) => probe(command, '--version') !== undefined);

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}

/** A line for each thing that is left out here, and whether it may be missing in CI too. */
export function listLeftOut(): { line: string; allowedInCi: boolean }[] {
  const left = [];
  if (python === undefined) left.push({ line: 'boto3 tests: no python3 here has boto3', allowedInCi: false });
  else if (!readsEndpointVariable) {
    left.push({
      line: `the unmodified Python run: it needs boto3 1.28 or newer, and this is ${python.boto3}`,
      allowedInCi: true,
    });
  }
  if (awsCli === undefined) left.push({ line: 'aws CLI tests: there is no aws command', allowedInCi: false });
  if (findMotoServer() === undefined) {
    left.push({ line: 'the scan of moto: there is no moto_server', allowedInCi: true });
  }
  if (zsh === undefined) left.push({ line: 'zsh completion tests: there is no zsh', allowedInCi: false });
  if (fish === undefined) left.push({ line: 'fish completion tests: there is no fish', allowedInCi: false });
  if (postgresFolder === undefined && process.env.KEYTURN_TEST_POSTGRES === undefined) {
    left.push({ line: 'PostgreSQL tests: there is no postgres server program', allowedInCi: false });
  }
  if (chromium === undefined) left.push({ line: 'browser tests: there is no chromium', allowedInCi: false });
  return left;
}
