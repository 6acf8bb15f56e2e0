/** The servers that are compared: how each is started, and what it takes until it answers. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Subject } from './load/job.ts';
import { composeSignedRequest, readAccessKeyId, type KeyPair } from './load/signed-request.ts';
import { Wire, type Answer } from './load/wire.ts';

/** Of an account that exists nowhere else. */
export const administrator: KeyPair = {
  accessKeyId: 'AKIARZPUZDIKBENCHMRK',
  secretAccessKey: 'benchmarks/sign/with/this/and/no/other/k',
};

/** How a server is started on a port. `folder` is a new one, and is removed with the server. */
export type Launch = (options: { readonly port: number; readonly folder: string }) => {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

export interface RunningServer {
  readonly port: number;
  /** Milliseconds from the start of the process to the end of its first answer to a signed call. */
  readonly firstAnswer: number;
  call(parameters: Readonly<Record<string, string>>): Promise<Answer>;
  /** What of the process is in memory, in MiB. */
  memory(): number;
  stop(): Promise<void>;
}

/** The built command line. */
export const keyturnProgram = join(import.meta.dirname, '../bin/keyturn.cjs');

/** The built `keyturn serve`: signatures verified, everything on disk, every use tracked. */
export const keyturnServe: Launch = ({ port, folder }) => ({
  command: process.execPath,
  args: [keyturnProgram, 'serve', '--port', String(port), '--data', folder],
  env: {
    KEYTURN_SERVE_ACCESS_KEY_ID: administrator.accessKeyId,
    KEYTURN_SERVE_SECRET_ACCESS_KEY: administrator.secretAccessKey,
  },
});

const startTimeout = 30_000;
const betweenTries = 2;

export async function startServer(launch: Launch): Promise<RunningServer> {
  const port = await findFreePort();
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  const { command, args, env = {} } = launch({ port, folder });
  const start = performance.now();
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...env } });
  const call = (parameters: Readonly<Record<string, string>>) => callOnce(port, parameters);
  const stop = async () => {
    await stopProcess(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitForAnswer(child, () => call({ Action: 'ListUsers' }), start + startTimeout);
    return { port, firstAnswer: performance.now() - start, call, memory: () => readMemory(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Makes users with a key each, and returns the first of them. */
export async function makeSubjects(server: RunningServer, users: number, returned: number): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (let number = 0; number < users; number += 1) {
    const UserName = `user-${number}`;
    await server.call({ Action: 'CreateUser', UserName });
    subjects.push({
      UserName,
      AccessKeyId: readAccessKeyId(await server.call({ Action: 'CreateAccessKey', UserName })),
    });
  }
  return subjects.slice(0, returned);
}

async function callOnce(port: number, parameters: Readonly<Record<string, string>>): Promise<Answer> {
  const wire = new Wire(port);
  try {
    const answer = await wire.exchange(composeSignedRequest(port, administrator, parameters));
    if (answer.status === 200) return answer;
    throw new Error(`${parameters.Action ?? ''} was answered with ${answer.status}: ${answer.body}`);
  } finally {
    wire.close();
  }
}

async function waitForAnswer(child: ChildProcess, call: () => Promise<Answer>, until: number): Promise<void> {
  for (;;) {
    try {
      await call();
      return;
    } catch (error) {
      if (child.exitCode !== null)
        throw new Error(`${child.spawnfile} ended with ${child.exitCode} before it answered`);
      const refused = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
      if (!refused || performance.now() > until) throw error;
    }
    await delay(betweenTries);
  }
}

function readMemory({ pid }: ChildProcess): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
