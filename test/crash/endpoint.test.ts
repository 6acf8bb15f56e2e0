// kill -9 under load, several times: whatever was answered is there when the endpoint comes back.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { call, callWell, readElement, type Pair } from '../contract/endpoint/signed-call.ts';

const admin: Pair = { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const rounds = 4;
const workers = 8;

interface Running {
  readonly url: string;
  readonly child: ChildProcess;
}

/** What is known of a user from the answers: its keys by id, with their status. */
type Keys = ReadonlyMap<string, 'Active' | 'Inactive'>;

/** The last answered state of each user, and the state that a call without an answer may have led to. */
interface Expected {
  answered: Keys | undefined;
  possible: ((found: Keys | undefined) => boolean) | undefined;
}

let data: string;
let running: Running | undefined;
let secrets: Map<string, string>;
let users: Map<string, Expected>;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'keyturn-crash-'));
  secrets = new Map();
  users = new Map();
});

afterEach(() => {
  running?.child.kill('SIGKILL');
  rmSync(data, { recursive: true });
});

async function start(): Promise<Running> {
  const script = join(import.meta.dirname, 'endpoint-child.ts');
  const child = spawn(process.execPath, [script, data, admin.accessKeyId, admin.secretAccessKey], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  running = { url: line.toString().trim(), child };
  return running;
}

/** A write, and what it makes of a user's keys; the state in between is open until the answer is there. */
async function write(
  server: Running,
  UserName: string,
  Action: string,
  parameters: Record<string, string>,
  outcome: (xml: string, before: Keys) => Keys | undefined,
  possible: (found: Keys | undefined, before: Keys) => boolean,
): Promise<string> {
  const state = users.get(UserName) ?? { answered: undefined, possible: undefined };
  users.set(UserName, state);
  const before = state.answered ?? new Map<string, 'Active'>();
  state.possible = (found) => possible(found, before);
  const xml = await callWell(server, admin, Action, { UserName, ...parameters });
  state.answered = outcome(xml, before);
  state.possible = undefined;
  return xml;
}

/** Makes a user and puts its keys through changes, until the endpoint is gone. */
async function live(server: Running, UserName: string): Promise<void> {
  await write(
    server,
    UserName,
    'CreateUser',
    {},
    () => new Map(),
    (found) => found?.size === 0,
  );
  const createKey = async () => {
    const xml = await write(
      server,
      UserName,
      'CreateAccessKey',
      {},
      (answer, before) => {
        const id = readElement(answer, 'AccessKeyId') ?? '';
        secrets.set(id, readElement(answer, 'SecretAccessKey') ?? '');
        return new Map(before).set(id, 'Active');
      },
      (found, before) => found?.size === before.size + 1 && [...before.keys()].every((id) => found.has(id)),
    );
    return readElement(xml, 'AccessKeyId') ?? '';
  };
  const first = await createKey();
  await createKey();
  const inactive = (before: Keys) => new Map(before).set(first, 'Inactive');
  await write(
    server,
    UserName,
    'UpdateAccessKey',
    { AccessKeyId: first, Status: 'Inactive' },
    (_, before) => inactive(before),
    (found, before) => isSame(found, inactive(before)),
  );
  const without = (before: Keys) => new Map([...before].filter(([id]) => id !== first));
  await write(
    server,
    UserName,
    'DeleteAccessKey',
    { AccessKeyId: first },
    (_, before) => without(before),
    (found, before) => isSame(found, without(before)),
  );
  await createKey();
}

function isSame(found: Keys | undefined, wanted: Keys | undefined): boolean {
  if (found === undefined || wanted === undefined) return found === wanted;
  return found.size === wanted.size && [...wanted].every(([id, status]) => found.get(id) === status);
}

async function readKeys(server: Running, UserName: string): Promise<Keys | undefined> {
  const { status, body } = await call(server, admin, 'ListAccessKeys', { UserName });
  if (status === 404) return undefined;
  const ids = [...body.matchAll(/<AccessKeyId>(\w+)</g)].map((match) => match[1] ?? '');
  const statuses = [...body.matchAll(/<Status>(Active|Inactive)</g)].map((match) => match[1]);
  return new Map(ids.map((id, index) => [id, statuses[index] === 'Active' ? 'Active' : 'Inactive']));
}

async function check(server: Running): Promise<void> {
  for (const [UserName, { answered, possible }] of users) {
    const found = await readKeys(server, UserName);
    expect(isSame(found, answered) || possible?.(found), `${UserName} after the crash`).toBe(true);
    for (const [accessKeyId, status] of found ?? []) {
      const secretAccessKey = secrets.get(accessKeyId);
      if (secretAccessKey === undefined) continue;
      const reply = await call(server, { accessKeyId, secretAccessKey }, 'GetCallerIdentity');
      expect(reply.status).toBe(status === 'Active' ? 200 : 403);
    }
    users.set(UserName, { answered: found, possible: undefined });
  }
}

it('loses nothing that was answered', async () => {
  let made = 0;
  for (let round = 0; round < rounds; round++) {
    const server = await start();
    await check(server);
    const work = async (worker: number) => {
      for (let turn = 0; ; turn++) {
        await live(server, `user-${round}-${worker}-${turn}`);
        made++;
      }
    };
    const working = Promise.allSettled(Array.from({ length: workers }, (_, worker) => work(worker)));
    await new Promise((resolve) => setTimeout(resolve, 150 + 130 * round));
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    for (const ended of await working) {
      expect(String(ended.status === 'rejected' ? ended.reason : 'no end')).toMatch(/fetch failed|terminated/);
    }
  }
  await check(await start());
  expect(made).toBeGreaterThan(workers);
});
