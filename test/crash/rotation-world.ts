// The world of a rotation under test: an endpoint with users, a home with the places of keys, a journal, a time.
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEndpoint, type Endpoint } from '../../src/endpoint/index.ts';
import {
  administratorOf,
  call,
  callWell,
  createKey,
  readElement,
  type Pair,
  type Reply,
} from '../contract/endpoint/signed-call.ts';
import { SharedClock } from './rotation-clock.ts';
import type { Point } from './rotation-effects.ts';
import type { Ending, Job, Message } from './rotation-job.ts';
import { locateProgram } from './rotation-program.ts';

export interface WorldOptions {
  /** Files without a folder are of this world. */
  readonly sinks: readonly string[];
  /** Whether the caller rotates its own key, with which it signs; else the administrator rotates another's. */
  readonly isOwn: boolean;
}

/** How a process ended. */
export interface Ended {
  /** Undefined where it was killed. */
  readonly ending: Ending | undefined;
  readonly points: readonly Point[];
}

export interface World {
  readonly folder: string;
  readonly clock: SharedClock;
  endpoint: Endpoint;
  readonly admin: Pair;
  /** The pair that is to be replaced. */
  readonly old: Pair;
  readonly sinks: readonly string[];
  /** What a process is asked for when nothing else is said. */
  job: Job;
  readonly environment: NodeJS.ProcessEnv;
  /** The access keys of everybody, as `alice AKIA… Active`, before anything happened. */
  readonly before: ReadonlySet<string>;
  /** Keys that somebody made in between. */
  readonly strangers: Set<string>;
  /** All that its processes printed. */
  output: string;
}

/** Whose key is rotated. */
export const rotated = 'deploy';
/** Whose keys nobody touches. */
export const bystanders = ['alice', 'bob'];

export const patience = { soak: 3_600_000, evidenceLag: 1_800_000, grace: 7_200_000 };

export async function makeWorld({ sinks, isOwn }: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-rotation-'));
  const clock = SharedClock.make(join(folder, 'clock'));
  const endpoint = await serve(folder, clock);
  const admin = administratorOf(endpoint);
  await furnish(endpoint);
  const old = await createKey(endpoint, rotated);
  const before = await listKeys({ endpoint, admin, clock });
  const located = sinks.map((spec) => spec.replace(/^(env-file:|profile:\w+@)(?=\w)/, `$1${folder}/`));
  for (const spec of isOwn ? ['profile:operator', ...located] : located) fillPlace(folder, spec, old);
  // A day has passed since the key was last used for anything.
  clock.advance(86_400_000);
  const signer = isOwn
    ? { AWS_PROFILE: 'operator' }
    : { AWS_ACCESS_KEY_ID: admin.accessKeyId, AWS_SECRET_ACCESS_KEY: admin.secretAccessKey };
  return {
    folder,
    clock,
    endpoint,
    admin,
    old,
    sinks: located,
    before,
    strangers: new Set(),
    output: '',
    job: {
      act: 'rotate',
      id: `r-${randomBytes(5).toString('hex')}`,
      folder,
      journal: join(folder, 'journal.sqlite'),
      UserName: isOwn ? undefined : rotated,
      sinks: located,
      patience,
      stays: true,
      watched: false,
    },
    environment: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: join(tmpdir(), 'keyturn-compiled'),
      AWS_ENDPOINT_URL: endpoint.url,
      AWS_REGION: 'us-east-1',
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_CONFIG_FILE: join(folder, 'config'),
      ...signer,
    },
  };
}

export async function removeWorld({ endpoint, folder }: World): Promise<void> {
  await endpoint.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The access keys of everybody, as `alice AKIA… Active`. */
export async function listKeys(world: Served): Promise<Set<string>> {
  const keys = new Set<string>();
  for (const UserName of [rotated, ...bystanders]) {
    for (const { AccessKeyId, Status } of await listKeysOf(world, UserName)) {
      keys.add(`${UserName} ${AccessKeyId} ${Status}`);
    }
  }
  return keys;
}

export async function listKeysOf(world: Served, UserName: string) {
  const { body } = await askPatiently(world, world.admin, 'ListAccessKeys', { UserName });
  return [...body.matchAll(/<member>.*?<\/member>/gs)].map(([member]) => ({
    AccessKeyId: readElement(member, 'AccessKeyId') ?? '',
    Status: readElement(member, 'Status') ?? '',
  }));
}

type Served = Pick<World, 'endpoint' | 'admin' | 'clock'>;

/** A call of the test's own, which waits where the rehearsal throttles. */
export async function askPatiently(
  { endpoint, clock }: Served,
  pair: Pair,
  Action: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  for (;;) {
    const reply = await call(endpoint, pair, Action, parameters, { date: clock.now() });
    if (reply.code !== 'Throttling') return reply;
    await clock.wait(1000);
  }
}

/** What it was asked before is there again, except for what CloudTrail knew. */
export async function startAgain(world: World): Promise<void> {
  world.endpoint = await serve(world.folder, world.clock, world.endpoint.port);
}

async function serve(folder: string, clock: SharedClock, port = 0): Promise<Endpoint> {
  const known = { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
  return startEndpoint({ now: () => clock.now(), data: join(folder, 'endpoint'), port, ...known });
}

async function furnish(endpoint: Endpoint): Promise<void> {
  const admin = administratorOf(endpoint);
  for (const UserName of [rotated, ...bystanders]) await callWell(endpoint, admin, 'CreateUser', { UserName });
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await callWell(endpoint, admin, 'AttachUserPolicy', { UserName: rotated, PolicyArn });
  for (const UserName of bystanders) {
    await createKey(endpoint, UserName);
    const { accessKeyId: AccessKeyId } = await createKey(endpoint, UserName);
    await callWell(endpoint, admin, 'UpdateAccessKey', { UserName, AccessKeyId, Status: 'Inactive' });
  }
}

/** A file with the old pair in its place, beside somebody else's. */
function fillPlace(folder: string, spec: string, { accessKeyId, secretAccessKey }: Pair): void {
  const [, kind = '', profile = '', file = join(folder, 'credentials')] =
    /^(profile|env-file):(?:(\w+)@?)?(\/.*)?$/.exec(spec) ?? [];
  const lines =
    kind === 'profile'
      ? [`[${profile}]`, `aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`]
      : [`AWS_ACCESS_KEY_ID=${accessKeyId}`, `AWS_SECRET_ACCESS_KEY=${secretAccessKey}`];
  const head = kind === 'profile' ? '# by hand\n[another]\nregion = eu-west-1\n\n' : '# by hand\nOTHER=1\n';
  if (!existsSync(file)) appendFileSync(file, head);
  appendFileSync(file, `${lines.join('\n')}\n`);
  chmodSync(file, 0o600);
}

/** Starts a process that does its part. */
export async function startProcess(world: World, job: Job): Promise<ChildProcess> {
  const child = fork(await locateProgram(), [JSON.stringify(job)], {
    silent: true,
    execArgv: [],
    env: world.environment,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (world.output += text));
  }
  return child;
}

/** Lets a process do its part to its end. @param visit what happens at each of its points, while it waits */
export async function runProcess(
  world: World,
  change: Partial<Job>,
  visit?: (point: Point) => Promise<void>,
): Promise<Ended> {
  const child = await startProcess(world, { ...world.job, ...change, watched: visit !== undefined });
  const points: Point[] = [];
  const failures: unknown[] = [];
  let ending: Ending | undefined;
  child.on('message', (message: Message) => {
    if ('ending' in message) {
      ending = message.ending;
      return;
    }
    points.push(message.point);
    void visit?.(message.point).then(
      () => child.connected && child.send('go on', () => undefined),
      (error: unknown) => {
        failures.push(error);
        child.kill('SIGKILL');
      },
    );
  });
  await once(child, 'close');
  if (failures.length > 0) throw failures[0];
  if (ending !== undefined || child.signalCode === 'SIGKILL') return { ending, points };
  throw new Error(`the process ended with ${child.exitCode ?? child.signalCode}:\n${world.output}`);
}

/** The pairs of the keys that its processes made. */
export function readMade({ folder }: World): Pair[] {
  const file = join(folder, 'secrets');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [accessKeyId = '', secretAccessKey = ''] = line.split(' ');
    return { accessKeyId, secretAccessKey };
  });
}
