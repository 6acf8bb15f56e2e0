// A real PostgreSQL for tests: a cluster of our own in a temporary folder, or the server of KEYTURN_TEST_POSTGRES (the
// URL of a user that may make databases).
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { postgresFolder } from '../../clients/available.ts';

export interface Postgres {
  /** The URL of a superuser; its password is in it. */
  readonly url: string;
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** The process of the server, where it is ours. */
  readonly server: ChildProcess | undefined;
  stop(): Promise<void>;
}

const given = process.env.KEYTURN_TEST_POSTGRES;

/** Whether there is a server, or the programs to make one. */
export const hasPostgres = given !== undefined || postgresFolder !== undefined;

/** Starts a server that asks for a password, or uses the one that is given. */
export async function startPostgres(): Promise<Postgres> {
  if (given !== undefined) return describeServer(given, undefined, () => Promise.resolve());
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-postgres-'));
  const password = randomBytes(12).toString('hex');
  makeCluster(folder, password);
  const port = await findFreePort();
  const server = runServer(folder, port);
  // Where the tests end without having stopped it.
  process.once('exit', () => server.kill('SIGQUIT'));
  const url = `postgres://keyturn:${password}@127.0.0.1:${port}/postgres`;
  await waitUntilReady(url, server);
  return describeServer(url, server, async () => {
    if (server.exitCode === null) {
      // Fast shutdown: https://www.postgresql.org/docs/current/server-shutdown.html
      server.kill('SIGINT');
      await once(server, 'exit');
    }
    rmSync(folder, { recursive: true });
  });
}

function describeServer(url: string, server: ChildProcess | undefined, end: () => Promise<void>): Postgres {
  const made: string[] = [];
  return {
    url,
    server,
    createDatabase: async () => {
      const name = `keyturn_test_${randomBytes(6).toString('hex')}`;
      await query(url, `CREATE DATABASE ${name}`);
      made.push(name);
      const database = new URL(url);
      database.pathname = name;
      return database.href;
    },
    stop: async () => {
      // A server of our own goes with all that is in it.
      if (server === undefined) for (const name of made) await query(url, `DROP DATABASE ${name} WITH (FORCE)`);
      await end();
    },
  };
}

/** One statement, on a connection of its own. */
export async function query(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

function makeCluster(folder: string, password: string): void {
  const owner = findOwner();
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  if (owner.uid !== undefined) {
    chownSync(folder, owner.uid, owner.gid);
    chownSync(passwordFile, owner.uid, owner.gid);
  }
  chmodSync(folder, 0o700);
  const args = ['-D', join(folder, 'data'), '-U', 'keyturn', '-A', 'scram-sha-256', '--pwfile', passwordFile];
  // Texts sort as in a dictionary, as in many a database that people have; so does none of ours by itself.
  const locale = ['-E', 'UTF8', '--no-locale', '--locale-provider', 'icu', '--icu-locale', 'en-US'];
  execFileSync(locate('initdb'), [...args, ...locale, '--no-sync'], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** No disk is waited for: what a power cut does is PostgreSQL's affair, and tested there. */
function runServer(folder: string, port: number): ChildProcess {
  const settings = ['-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'fsync=off', '-c', 'max_connections=60'];
  return spawn(locate('postgres'), ['-D', join(folder, 'data'), ...settings], {
    ...findOwner(),
    cwd: folder,
    stdio: 'ignore',
  });
}

function locate(program: string): string {
  if (postgresFolder === undefined) throw new Error('there is no PostgreSQL here');
  return join(postgresFolder, program);
}

/** PostgreSQL does not run as root: then as the user that its package made, or as nobody. */
function findOwner(): { uid: number; gid: number } | { uid?: undefined; gid?: undefined } {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [, uid, gid] =
      new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('there is no user that could run PostgreSQL');
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

async function waitUntilReady(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
    const isReady = await query(url, 'SELECT 1').then(
      () => true,
      () => false,
    );
    if (isReady) return;
    await delay(100);
  }
  throw new Error('postgres did not answer');
}
