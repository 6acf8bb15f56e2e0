/** The world of the terminal sessions: the built command line, an endpoint with a few users, and a folder to be at home in. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect as connectSocket, createServer as createSocketServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { CreateUserCommand } from '@aws-sdk/client-iam';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';
import {
  connect,
  createAccessKey,
  deactivateAccessKey,
  getCallerIdentity,
  type Connection,
} from '../../src/iam/index.ts';
import type { Variables } from './session.ts';

const root = dirname(dirname(import.meta.dirname));
const program = join(root, 'bin', 'keyturn.cjs');
const day = 86_400_000;

export interface World {
  readonly cwd: string;
  /** The environment of every command; its capitals may be used in what sessions expect. */
  readonly env: Variables;
  readonly endpoint: Endpoint;
  end(): Promise<void>;
}

/**
 * Users: admin, who signs; alice with two keys, ten days old, the second never used; bob with none; carol with an
 * Inactive one.
 */
export async function makeWorld(): Promise<World> {
  if (!existsSync(join(root, 'dist', 'cli', 'main.cjs'))) throw new Error('npm run build comes before these tests');
  const endpoint = await startEndpoint();
  const cwd = mkdtempSync(join(tmpdir(), 'keyturn-session-'));
  const web = await startWebPage();
  const slow = await startSlowWay(endpoint.port, join(cwd, 'asked'));
  const keys = await populate(endpoint);
  writeFileSync(join(cwd, 'callers'), describeCallers(endpoint));
  const bin = join(cwd, 'bin');
  mkdirSync(bin);
  writeProgram(join(bin, 'keyturn'), `exec '${process.execPath}' '${program}' "$@"`);
  writeProgram(join(bin, 'until-asked'), waitFor('rm asked'));
  writeProgram(join(bin, 'until-listening'), waitFor('grep -q listening "$1"'));
  return {
    cwd,
    endpoint,
    env: {
      PATH: [bin, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
      HOME: cwd,
      LANG: 'C.UTF-8',
      ...endpoint.environment(),
      ...keys,
      ENDPOINT: endpoint.url,
      PORT: String(endpoint.port),
      WEB: web.url,
      SLOW: slow.url,
    },
    async end() {
      await endpoint.close();
      web.server.close();
      slow.server.close();
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}

/** A minute at most: a test that is killed must leave nothing that waits for ever. */
function waitFor(command: string): string {
  return `for _ in $(seq 1200); do ${command} 2>/dev/null && exit; sleep 0.05; done; exit 1`;
}

function writeProgram(file: string, line: string): void {
  writeFileSync(file, `#!/bin/sh\n${line}\n`);
  chmodSync(file, 0o755);
}

async function populate(endpoint: Endpoint): Promise<Record<string, string>> {
  const { accessKeyId, secretAccessKey } = endpoint.administrator;
  const admin = connectTo(endpoint, accessKeyId, secretAccessKey?.reveal() ?? '');
  for (const UserName of ['alice', 'bob', 'carol']) await admin.iam.send(new CreateUserCommand({ UserName }));
  endpoint.advanceClock(-10 * day);
  const alice = await createAccessKey(admin, { UserName: 'alice' });
  const second = await createAccessKey(admin, { UserName: 'alice' });
  const carol = await createAccessKey(admin, { UserName: 'carol' });
  await deactivateAccessKey(admin, carol);
  endpoint.advanceClock(10 * day);
  await getCallerIdentity(connectTo(endpoint, alice.AccessKeyId, alice.SecretAccessKey.reveal()));
  return {
    ADMIN_KEY: accessKeyId,
    ALICE_1: alice.AccessKeyId,
    ALICE_2: second.AccessKeyId,
    CAROL_1: carol.AccessKeyId,
  };
}

/** A credentials file with a profile for each kind of caller. */
function describeCallers(endpoint: Endpoint): string {
  const role = { kind: 'role', RoleName: 'operator', RoleSessionName: 'me', administrator: true } as const;
  const profiles = {
    role: endpoint.issueSession(role),
    mfa: endpoint.issueSession({ kind: 'user', UserName: 'admin' }),
    alice: endpoint.issueSession({ kind: 'user', UserName: 'alice' }),
    expired: endpoint.issueSession({ ...role, durationSeconds: -60 }),
    root: { ...endpoint.issueRootKey(), SessionToken: undefined },
  };
  return Object.entries(profiles)
    .map(([name, { AccessKeyId, SecretAccessKey, SessionToken }]) => {
      const token = SessionToken === undefined ? '' : `aws_session_token = ${SessionToken.reveal()}\n`;
      return `[${name}]\naws_access_key_id = ${AccessKeyId}\naws_secret_access_key = ${SecretAccessKey.reveal()}\n${token}`;
    })
    .join('');
}

function connectTo(endpoint: Endpoint, accessKeyId: string, secretAccessKey: string): Connection {
  return connect({ region: 'us-east-1', endpoint: endpoint.url, credentials: { accessKeyId, secretAccessKey } });
}

/** What listens on many a port: a web server that knows nothing of IAM. */
function startWebPage(): Promise<Listener> {
  return listen(
    createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<html></html>')),
  );
}

/**
 * A way to the endpoint on which the answers to CreateAccessKey and ListUsers take a second and a half longer. A file
 * says that one of them was asked for.
 */
function startSlowWay(port: number, mark: string): Promise<Listener> {
  const server = createSocketServer((client) => {
    const target = connectSocket(port, '127.0.0.1');
    let delay = 0;
    client.on('data', (chunk) => {
      const isSlow = /Action=(CreateAccessKey|ListUsers)/.test(chunk.toString());
      delay = isSlow ? 1500 : 0;
      if (isSlow) writeFileSync(mark, '');
      target.write(chunk);
    });
    target.on('data', (chunk) => setTimeout(() => client.write(chunk), delay));
    for (const [one, other] of [
      [client, target],
      [target, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  });
  return listen(server);
}

interface Listener {
  readonly url: string;
  readonly server: Server;
}

async function listen(server: Server): Promise<Listener> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
