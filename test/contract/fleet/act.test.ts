// Changes of a plan against an endpoint that behaves: what is done on live evidence, and what is left alone.
import { setTimeout } from 'node:timers/promises';
import { CreateUserCommand, DeleteUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../src/endpoint/index.ts';
import {
  applyChange,
  endInterrupted,
  planUser,
  readActionRecord,
  readHistory,
  undoAction,
  type ActionDesk,
  type FleetAction,
  type HeldSubject,
  type PlannedChange,
} from '../../../src/fleet/act/index.ts';
import type { UserFacts } from '../../../src/fleet/facts.ts';
import { systemClock } from '../../../src/iam/clock.ts';
import {
  activateAccessKey,
  connect,
  deactivateAccessKey,
  deleteAccessKey,
  getAccessKeyLastUsed,
  getCallerIdentity,
  getUser,
  listAccessKeys,
  type Connection,
} from '../../../src/iam/index.ts';
import { verifyChain } from '../../../src/journal/chain.ts';
import type { Journal } from '../../../src/journal/journal.ts';
import { HeldLease } from '../../../src/rotation/index.ts';
import { openJournal } from '../../../src/store/open-journal.ts';
import { catchFailure } from '../../unit/iam/catch-failure.ts';

const Account = '123456789012';
const UserName = 'alice';
const AccessKeyId = 'AKIARZPUZDIKALICEALI';
const SecretAccessKey = 'the-secret-of-alice';
const used = { LastUsedDate: '150d', Region: 'eu-west-1', ServiceName: 'sqs' };
const bob = { AccessKeyId: 'AKIARZPUZDIKBOBBOBBO', SecretAccessKey: 'the-secret-of-bob' };
const seed = {
  accounts: [
    {
      accountId: Account,
      users: [
        {
          UserName,
          CreateDate: '400d',
          AccessKeys: [{ AccessKeyId, SecretAccessKey, CreateDate: '400d', ...used }],
        },
        { UserName: 'bob', CreateDate: '400d', AccessKeys: [{ ...bob, CreateDate: '400d' }] },
      ],
    },
  ],
};

let endpoint: Endpoint;
let journal: Journal;
let admin: Connection;
let ids: number;
const connections: Connection[] = [];

beforeEach(async () => {
  endpoint = await startEndpoint({ accountId: Account, seed });
  journal = await openJournal(':memory:', { now: () => new Date() });
  const { accessKeyId, secretAccessKey } = endpoint.administrator;
  admin = connectWith(accessKeyId, secretAccessKey?.reveal() ?? '');
  ids = 0;
});
afterEach(async () => {
  for (const aws of connections.splice(0)) aws.destroy();
  await journal.close();
  await endpoint.close();
});

function connectWith(accessKeyId: string, secretAccessKey: string): Connection {
  const credentials = { accessKeyId, secretAccessKey };
  const aws = connect({ endpoint: endpoint.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  connections.push(aws);
  return aws;
}

function makeDesk(aws: Connection = admin, change: Partial<HeldSubject> = {}): ActionDesk {
  return {
    aws,
    journal,
    makeId: () => `a-${++ids}`,
    by: 'me@here',
    async hold(subject, work) {
      const held = await HeldLease.take({ journal, clock: systemClock, holder: 'a test' }, subject);
      const perform = change.perform ?? held.perform.bind(held);
      try {
        return await work({ lease: held.lease, perform });
      } finally {
        await held.release();
      }
    },
  };
}

/** Dies where a change of AWS is called for: before it is done, or behind it. */
function dieAt(when: 'before' | 'behind'): ActionDesk {
  return makeDesk(admin, {
    async perform(_signal, act) {
      if (when === 'behind') await act({ signal: new AbortController().signal });
      throw new Error('died');
    },
  });
}

async function planFor(Action: Exclude<FleetAction, 'report'>, name = UserName): Promise<PlannedChange> {
  const { UserId } = await getUser(admin, { UserName: name });
  const [key] = await listAccessKeys(admin, { UserName: name });
  if (key === undefined) throw new Error(`${name} has no key`);
  const { LastUsed } = await getAccessKeyLastUsed(admin, key);
  return {
    Account,
    UserName: name,
    UserId,
    AccessKeyId: key.AccessKeyId,
    Action,
    Policy: 'unused',
    Reason: 'unused for 150 days',
    Evidence: { Status: key.Status, CreateDate: key.CreateDate, LastUsed, Source: 'credential-report', ReadAt: now() },
  };
}

function now(): Date {
  return admin.serverTime();
}

async function statusOf(name = UserName): Promise<string | undefined> {
  return (await listAccessKeys(admin, { UserName: name }))[0]?.Status;
}

async function typesOf(id: string): Promise<string[]> {
  const entries = await journal.read(id);
  verifyChain(entries);
  return entries.map(({ type }) => type);
}

async function countRecords(): Promise<number> {
  let count = 0;
  for await (const head of journal.list()) count += head.entries > 0 ? 1 : 0;
  return count;
}

const useKey = (): Promise<unknown> => getCallerIdentity(connectWith(AccessKeyId, SecretAccessKey));

describe('a change', () => {
  it('is done as planned, and written down with who, why and how to take it back', async () => {
    const outcome = await applyChange(makeDesk(), await planFor('deactivate'));
    expect(outcome).toEqual({ kind: 'done', record: 'a-1' });
    expect(await statusOf()).toBe('Inactive');
    expect(await typesOf('a-1')).toEqual(['fleet action opened', 'deactivate intended', 'deactivated']);
    const [first] = await journal.read('a-1');
    expect(first?.data).toMatchObject({
      by: 'me@here',
      Reason: 'unused for 150 days',
      undo: 'keyturn undo a-1',
      live: { Status: 'Active', LastUsed: { Kind: 'used' } },
    });
    expect(JSON.stringify(await journal.read('a-1'))).not.toContain(SecretAccessKey);
  });

  it('passes what is done already', async () => {
    const change = await planFor('deactivate');
    await applyChange(makeDesk(), change);
    expect(await applyChange(makeDesk(), change)).toEqual({
      kind: 'passed',
      why: `${AccessKeyId} is Inactive already`,
    });
    const deletion = await planFor('delete');
    expect(await applyChange(makeDesk(), deletion)).toMatchObject({ kind: 'done' });
    expect(await applyChange(makeDesk(), deletion)).toEqual({ kind: 'passed', why: `${AccessKeyId} is gone` });
    expect(await countRecords()).toBe(2);
  });

  it.each([
    ['the key was used', 'deactivate', useKey, /^AKIA\w+ was used at .*\(sts, us-east-1\)$/],
    [
      'the key is Active again',
      'delete',
      () => activateAccessKey(admin, { UserName, AccessKeyId }),
      /is Active, and not Inactive/,
    ],
    ['the user is gone', 'deactivate', removeUser, 'there is no user alice any more'],
    ['the user is another one', 'deactivate', replaceUser, /^alice is another user now/],
  ] as const)('is left where %s', async (_what, action, meanwhile, why) => {
    if (action === 'delete') await deactivateAccessKey(admin, { UserName, AccessKeyId });
    const change = await planFor(action);
    await meanwhile();
    expect(await applyChange(makeDesk(), change)).toEqual({ kind: 'stale', why: expect.stringMatching(why) as string });
    expect(await countRecords()).toBe(0);
  });

  async function removeUser(): Promise<void> {
    await deleteAccessKey(admin, { UserName, AccessKeyId });
    await admin.iam.send(new DeleteUserCommand({ UserName }));
  }

  async function replaceUser(): Promise<void> {
    await removeUser();
    await admin.iam.send(new CreateUserCommand({ UserName }));
  }

  it('is left where a use that was known is no longer told', async () => {
    const { Evidence, ...change } = await planFor('deactivate', 'bob');
    const LastUsed = { Kind: 'used', LastUsedDate: new Date(0), Region: 'x', ServiceName: 's3' } as const;
    const outcome = await applyChange(makeDesk(), { ...change, Evidence: { ...Evidence, LastUsed } });
    expect(outcome).toMatchObject({ kind: 'stale' });
    expect(await statusOf('bob')).toBe('Active');
  });

  it.each(['iam:GetAccessKeyLastUsed', 'iam:ListAccessKeys', 'iam:GetUser'])(
    'writes nothing where %s is not allowed',
    async (Action) => {
      const change = await planFor('deactivate');
      const Statement = [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action, Resource: '*' },
      ];
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      await admin.iam.send(new PutUserPolicyCommand({ UserName: 'bob', PolicyName: 'p', PolicyDocument }));
      const desk = makeDesk(connectWith(bob.AccessKeyId, bob.SecretAccessKey));
      expect(await catchFailure(applyChange(desk, change))).toMatchObject({ code: 'ERR_ACCESS_DENIED' });
      expect(await statusOf()).toBe('Active');
      expect(await countRecords()).toBe(0);
    },
  );

  it('that AWS refuses leaves nothing open', async () => {
    const change = await planFor('deactivate');
    const Statement = [{ Effect: 'Allow', Action: ['iam:Get*', 'iam:List*'], Resource: '*' }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await admin.iam.send(new PutUserPolicyCommand({ UserName: 'bob', PolicyName: 'p', PolicyDocument }));
    const desk = makeDesk(connectWith(bob.AccessKeyId, bob.SecretAccessKey));
    expect(await catchFailure(applyChange(desk, change))).toMatchObject({ code: 'ERR_ACCESS_DENIED' });
    expect(await typesOf('a-1')).toEqual(['fleet action opened', 'deactivate intended', 'abandoned']);
  });

  it('is left where a use may not show yet', async () => {
    const coarse = await startEndpoint({ accountId: Account, seed, lastUsedGranularity: 900_000 });
    try {
      const { accessKeyId, secretAccessKey } = coarse.administrator;
      const credentials = { accessKeyId, secretAccessKey: secretAccessKey?.reveal() ?? '' };
      const aws = connect({ endpoint: coarse.url, region: 'us-east-1', credentials });
      connections.push(aws);
      await getCallerIdentity(
        connect({
          endpoint: coarse.url,
          region: 'us-east-1',
          credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
        }),
      );
      const { LastUsed } = await getAccessKeyLastUsed(aws, { AccessKeyId });
      const change = await planFor('deactivate');
      const { UserId } = await getUser(aws, { UserName });
      const recent = { ...change, UserId, Evidence: { ...change.Evidence, LastUsed } };
      expect(await applyChange(makeDesk(aws), recent)).toMatchObject({
        kind: 'stale',
        why: expect.stringContaining('too') as string,
      });
      coarse.advanceClock(4 * 3_600_000);
      await getUser(aws, { UserName });
      expect(await applyChange(makeDesk(aws), recent)).toMatchObject({ kind: 'done' });
    } finally {
      await coarse.close();
    }
  });

  it('passes a user that somebody else is at work on', async () => {
    const change = await planFor('deactivate');
    await journal.takeLease(`${Account}/${change.UserId}`, 'another', 60_000);
    expect(await catchFailure(applyChange(makeDesk(), change))).toMatchObject({ code: 'ERR_LEASE' });
    expect(await statusOf()).toBe('Active');
  });

  it('passes a user with an open rotation', async () => {
    const change = await planFor('deactivate');
    const subject = `${Account}/${change.UserId}`;
    const answer = await journal.takeLease(subject, 'a rotation', 60_000);
    if (answer.kind !== 'taken') throw new Error('it is free');
    await journal.open('r-1', subject, { at: now(), type: 'opened', data: {} }, answer.lease);
    await journal.releaseLease(answer.lease);
    expect(await applyChange(makeDesk(), change)).toEqual({ kind: 'passed', why: 'r-1 is under way for alice' });
    expect((await readHistory(journal)).openRotation(subject)).toBe('r-1');
  });
});

describe('a change whose process died', () => {
  it.each([
    ['before', 'deactivate', 'abandoned', 'Active'],
    ['behind', 'deactivate', 'deactivated', 'Inactive'],
    ['before', 'delete', 'abandoned', 'Inactive'],
    ['behind', 'delete', 'deleted', undefined],
  ] as const)('%s AWS was told to %s is ended as it stands', async (when, action, end, status) => {
    if (action === 'delete') await deactivateAccessKey(admin, { UserName, AccessKeyId });
    const change = await planFor(action);
    await expect(applyChange(dieAt(when), change)).rejects.toThrow('died');
    const open = readActionRecord(await journal.read('a-1'));
    if (open === undefined) throw new Error('there is no record');
    expect(await statusOf()).toBe(status);
    await endInterrupted(makeDesk(), open);
    expect((await typesOf('a-1')).at(-1)).toBe(end);
    expect(await statusOf()).toBe(status);
  });

  it('is ended by the next run, which then does it', async () => {
    const change = await planFor('deactivate');
    await expect(applyChange(dieAt('before'), change)).rejects.toThrow('died');
    expect(await applyChange(makeDesk(), change)).toEqual({ kind: 'done', record: 'a-2' });
    expect((await typesOf('a-1')).at(-1)).toBe('abandoned');
  });

  it('can be taken back where it was done, and not where it was not', async () => {
    const change = await planFor('deactivate');
    await expect(applyChange(dieAt('behind'), change)).rejects.toThrow('died');
    await undo('a-1');
    expect(await statusOf()).toBe('Active');
    await expect(applyChange(dieAt('before'), change)).rejects.toThrow('died');
    await expect(undo('a-2')).rejects.toThrow('a-2 is over: it was abandoned');
  });
});

async function undo(id: string): Promise<void> {
  const action = readActionRecord(await journal.read(id));
  if (action === undefined) throw new Error(`there is no ${id}`);
  await undoAction(makeDesk(), action);
}

describe('undo', () => {
  it('makes the key Active again, once', async () => {
    await applyChange(makeDesk(), await planFor('deactivate'));
    await undo('a-1');
    expect(await statusOf()).toBe('Active');
    expect((await typesOf('a-1')).slice(-2)).toEqual(['reactivate intended', 'reactivated']);
    await expect(undo('a-1')).rejects.toThrow('a-1 is over: it was reactivated');
  });

  it('goes on where it was interrupted itself', async () => {
    await applyChange(makeDesk(), await planFor('deactivate'));
    const action = readActionRecord(await journal.read('a-1'));
    if (action === undefined) throw new Error('there is no record');
    await expect(undoAction(dieAt('before'), action)).rejects.toThrow('died');
    await undo('a-1');
    expect(await statusOf()).toBe('Active');
  });

  it('brings nothing back that is deleted', async () => {
    await deactivateAccessKey(admin, { UserName, AccessKeyId });
    await applyChange(makeDesk(), await planFor('delete'));
    await expect(undo('a-1')).rejects.toThrow(`${AccessKeyId} is deleted and cannot come back`);
  });
});

describe('the history', () => {
  it('knows what is deactivated until somebody takes it back', async () => {
    expect((await readHistory(journal)).ownChange(AccessKeyId)).toBeUndefined();
    await applyChange(makeDesk(), await planFor('deactivate'));
    expect((await readHistory(journal)).ownChange(AccessKeyId)?.kind).toBe('deactivated');
    await activateAccessKey(admin, { UserName, AccessKeyId });
    await setTimeout(2);
    await applyChange(makeDesk(), await planFor('deactivate'));
    await undo('a-2');
    expect((await readHistory(journal)).ownChange(AccessKeyId)).toBeUndefined();
  });

  it('keeps a deletion that failed from hiding the deactivation', async () => {
    await applyChange(makeDesk(), await planFor('deactivate'));
    await setTimeout(2);
    await expect(applyChange(dieAt('before'), await planFor('delete'))).rejects.toThrow('died');
    expect((await readHistory(journal)).ownChange(AccessKeyId)?.kind).toBe('deactivated');
  });

  it('lets a key be deleted that was made Inactive, after its grace', async () => {
    const { UserId } = await planFor('deactivate');
    await applyChange(makeDesk(), await planFor('deactivate'));
    const history = await readHistory(journal);
    const { CreateDate, Status } = (await listAccessKeys(admin, { UserName }))[0] ?? {};
    const { LastUsed } = await getAccessKeyLastUsed(admin, { AccessKeyId });
    const at = now();
    const facts = { AccessKeyId, Status: Status ?? '', CreateDate, LastUsed, listedAt: at };
    const user = {
      Account,
      UserName,
      UserId,
      isRoot: false,
      Tags: {},
      AttachedPolicies: [],
      at,
    } as unknown as UserFacts;
    const lastUsedFrom = { source: 'credential-report', at } as const;
    const [entry] = planUser(
      { ...user, AccessKeys: [{ ...facts, lastUsedFrom } as never] },
      {
        policies: [{ name: 'x', reportOnly: false, delete: { after: 86_400_000 } }],
        exclusions: [],
        now: new Date(at.getTime() + 2 * 86_400_000),
        history,
      },
    );
    expect(entry).toMatchObject({ Action: 'delete' });
    expect(await applyChange(makeDesk(), entry as PlannedChange)).toMatchObject({ kind: 'done' });
    expect(await statusOf()).toBeUndefined();
  });
});
