// Mixed load at 64 connections, kill -9 in between: what was answered is there, lists are whole, nothing fails or piles up.
// KEYTURN_SOAK_SECONDS makes it longer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SeededRandom } from '../../src/endpoint/seeded-random.ts';
import { call, callWell, readElement, type Pair } from '../contract/endpoint/signed-call.ts';
import { startWatched, type WatchedEndpoint } from './soak-process.ts';
import { commonPolicy, crowd, document, readElements, Subject } from './soak-subject.ts';

const admin: Pair = { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const seconds = Number(process.env.KEYTURN_SOAK_SECONDS ?? 12);
const rounds = 4;
const connections = { subjects: 44, racers: 8, listers: 12 };
/** Users, each with its place in a group and its attached policy, that nobody touches. */
const lasting = Array.from({ length: 120 }, (_, index) => `lasting-${String(index).padStart(3, '0')}`);
const isLasting = new Set(lasting);
const mebibyte = 1024 * 1024;

type Work = (server: WatchedEndpoint) => Promise<void>;

let data: string;
let server: WatchedEndpoint | undefined;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'keyturn-soak-'));
});

afterEach(async () => {
  await server?.kill();
  rmSync(data, { recursive: true });
});

async function furnish(endpoint: WatchedEndpoint): Promise<void> {
  const make = (Action: string, parameters: Record<string, string>) => callWell(endpoint, admin, Action, parameters);
  await make('CreateGroup', { GroupName: crowd });
  await make('CreatePolicy', { PolicyName: 'common', PolicyDocument: document });
  for (const UserName of ['raced-0', 'raced-1']) await make('CreateUser', { UserName });
  for (const UserName of lasting) {
    await make('CreateUser', { UserName });
    await make('AddUserToGroup', { UserName, GroupName: crowd });
    await make('AttachUserPolicy', { UserName, PolicyArn: commonPolicy });
    await make('CreateGroup', { GroupName: UserName });
    await make('CreatePolicy', { PolicyName: UserName, PolicyDocument: document });
  }
}

/** Makes and deletes keys of a user whom others do the same to. */
function race(UserName: string): Work {
  return async (endpoint) => {
    const created = await call(endpoint, admin, 'CreateAccessKey', { UserName });
    expect([200, 409]).toContain(created.status);
    const ids = await readKeyIds(endpoint, UserName);
    expect(ids.length).toBeLessThanOrEqual(2);
    const [AccessKeyId = ''] = ids;
    if (ids.length < 2) return;
    const deleted = await call(endpoint, admin, 'DeleteAccessKey', { UserName, AccessKeyId });
    expect([200, 404]).toContain(deleted.status);
  };
}

async function readKeyIds(endpoint: WatchedEndpoint, UserName: string): Promise<readonly string[]> {
  return readElements(await callWell(endpoint, admin, 'ListAccessKeys', { UserName }), 'AccessKeyId');
}

interface List {
  readonly Action: string;
  /** Around the names in it. */
  readonly element: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

const lists: readonly [List, ...List[]] = [
  { Action: 'ListUsers', element: 'UserName' },
  { Action: 'ListGroups', element: 'GroupName' },
  { Action: 'ListPolicies', element: 'PolicyName', parameters: { Scope: 'Local' } },
  { Action: 'GetGroup', element: 'UserName', parameters: { GroupName: crowd } },
  { Action: 'ListEntitiesForPolicy', element: 'UserName', parameters: { PolicyArn: commonPolicy } },
  { Action: 'GetAccountAuthorizationDetails', element: 'UserName', parameters: { 'Filter.member.1': 'User' } },
];

/** Reads a list to its end while others write: what lasts is in it, and once. */
function list(random: SeededRandom): Work {
  return async (endpoint) => {
    const { Action, element, parameters } = random.pick(lists);
    const names: string[] = [];
    let Marker: string | undefined;
    do {
      const page = { MaxItems: random.pick(['3', '17', '100', '1000']), ...(Marker !== undefined && { Marker }) };
      const xml = await callWell(endpoint, admin, Action, { ...parameters, ...page });
      names.push(...readElements(xml, element));
      Marker = readElement(xml, 'Marker');
    } while (Marker !== undefined);
    // whoever is deleted and made again on the way may rightly be in it twice
    expect(names.filter((name) => isLasting.has(name)).sort(), Action).toEqual(lasting);
  };
}

async function checkAll(endpoint: WatchedEndpoint, subjects: readonly Subject[]): Promise<void> {
  await Promise.all(subjects.map((subject) => subject.check(endpoint)));
  for (const UserName of ['raced-0', 'raced-1']) {
    expect((await readKeyIds(endpoint, UserName)).length).toBeLessThanOrEqual(2);
  }
  expect(endpoint.failures).toEqual([]);
}

it(
  'holds what it answered',
  async () => {
    const random = new SeededRandom('soak');
    const subjects = Array.from({ length: connections.subjects }, (_, n) => new Subject(`soak-${n}`, admin, random));
    const works: readonly Work[] = [
      ...subjects.map(
        (subject): Work =>
          (endpoint) =>
            subject.change(endpoint),
      ),
      ...Array.from({ length: connections.racers }, (_, n) => race(`raced-${n % 2}`)),
      ...Array.from({ length: connections.listers }, () => list(random)),
    ];
    let done = 0;
    for (let round = 0; round < rounds; round++) {
      const endpoint = (server = await startWatched(admin, data));
      if (round === 0) await furnish(endpoint);
      await checkAll(endpoint, subjects);
      const keepOn = async (work: Work) => {
        for (;;) {
          await work(endpoint);
          done++;
        }
      };
      const working = Promise.allSettled(works.map(keepOn));
      await sleep((1_000 * seconds) / rounds);
      const measured = (await endpoint.measure()).held;
      await endpoint.kill();
      for (const ended of await working) {
        expect(String(ended.status === 'rejected' ? ended.reason : 'no end')).toMatch(/fetch failed|terminated/);
      }
      expect(endpoint.failures).toEqual([]);
      expect(measured).toBeLessThan(100 * mebibyte);
    }
    server = await startWatched(admin, data);
    await checkAll(server, subjects);
    await list(random)(server);
    expect(done).toBeGreaterThan(connections.subjects * rounds);
  },
  (60 + 2 * seconds) * 1_000,
);

async function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
