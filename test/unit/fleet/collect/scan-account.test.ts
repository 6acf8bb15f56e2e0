import { DeleteUserCommand, ListUsersCommand, UpdateAccessKeyCommand, CreateUserCommand } from '@aws-sdk/client-iam';
import { afterEach, describe, expect, it } from 'vitest';
import { scanAccount, type ScanOptions, type ScanProgress } from '../../../../src/fleet/index.ts';
import { createAccessKey, deleteAccessKey, listAccessKeys } from '../../../../src/iam/index.ts';
import { catchFailure } from '../../iam/catch-failure.ts';
import { MemorySnapshots } from '../memory-snapshots.ts';
import { account, collect, connectTo, findUser, keysOf, makeUsers, startScanned } from './scanned-endpoint.ts';

const quarantine = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';
const seed = {
  accounts: [
    {
      accountId: account,
      alias: 'acme-production',
      rootAccessKeys: [{ CreateDate: '900d' }],
      users: [
        {
          UserName: 'Bob',
          Path: '/people/',
          CreateDate: '400d',
          Tags: { team: 'checkout', CreateDate: '2020-01-01T00:00:00Z' },
          AttachedPolicies: [quarantine],
          InlinePolicies: {
            own: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] },
          },
          PasswordLastChanged: '30d',
          AccessKeys: [
            { CreateDate: '400d', LastUsedDate: '3d', Region: 'eu-west-1', ServiceName: 'sqs' },
            { Status: 'Inactive', CreateDate: '200d' },
          ],
        },
        { UserName: 'carol', CreateDate: '300d' },
      ],
    },
  ],
};

/** So long after, AWS makes a new report. */
const reportAge = 5 * 60 * 60_000;

const clean: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of clean.splice(0)) await end();
});

async function start(accountSeed: unknown, options: Parameters<typeof startScanned>[1] = {}) {
  const fleet = await startScanned(accountSeed, options);
  clean.push(async () => {
    await fleet[Symbol.asyncDispose]();
  });
  return fleet;
}

type Fleet = Awaited<ReturnType<typeof start>>;

async function scan(fleet: Fleet, options: Partial<ScanOptions> & { aws?: Fleet['aws'] } = {}) {
  const { aws = fleet.aws, ...rest } = options;
  fleet.forgetRequests();
  const { account: facts, users, cost } = await scanAccount(aws, { store: new MemorySnapshots(), ...rest });
  expect(cost.calls).toEqual(fleet.countRequests());
  return { facts, users: await collect(users()), cost };
}

/** A connection of a user who may do some things only. */
function seedCaller(Statement: readonly object[]) {
  const key = { AccessKeyId: 'AKIAEXAMPLECALLER000', SecretAccessKey: 'a secret for the caller' };
  return {
    user: { UserName: 'zz-caller', AccessKeys: [key], InlinePolicies: { own: { Version: '2012-10-17', Statement } } },
    connect: (fleet: Fleet) => {
      const credentials = { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey };
      const aws = connectTo(fleet.endpoint, { credentials, clock: fleet.aws.clock });
      clean.push(async () => {
        aws.destroy();
        await Promise.resolve();
      });
      return aws;
    },
  };
}

const all = { Effect: 'Allow', Action: '*', Resource: '*' };
const deny = (...actions: string[]) => ({
  Effect: 'Deny',
  Action: actions.map((name) => `iam:${name}`),
  Resource: '*',
});

describe('a scan of an account', () => {
  it('tells all that is known of it, in so many calls', async () => {
    const { facts, users, cost } = await scan(await start(seed));
    expect(facts).toMatchObject({ Account: account, partition: 'aws', Alias: 'acme-production', gaps: [] });
    expect(facts.reportGeneratedAt).toBeInstanceOf(Date);
    expect(users.map(({ UserName }) => UserName)).toEqual(['<root_account>', 'admin', 'Bob', 'carol']);
    const bob = findUser(users, 'Bob');
    expect(bob).toMatchObject({
      Account: account,
      Arn: `arn:aws:iam::${account}:user/people/Bob`,
      Path: '/people/',
      Tags: { team: 'checkout', CreateDate: '2020-01-01T00:00:00Z' },
      AttachedPolicies: [{ PolicyArn: quarantine, PolicyName: 'AWSCompromisedKeyQuarantineV3' }],
      InlinePolicies: ['own'],
      password: { isEnabled: true },
      isMfaActive: false,
      ServiceSpecificCredentials: [],
    });
    expect(bob.UserId).toMatch(/^AIDA/);
    expect(keysOf(bob).toSorted((a, b) => (a.Status < b.Status ? -1 : 1))).toMatchObject([
      {
        Status: 'Active',
        LastUsed: { Kind: 'used', Region: 'eu-west-1', ServiceName: 'sqs' },
        lastUsedFrom: { source: 'credential-report' },
        uses: [{ Region: 'eu-west-1', ServiceName: 'sqs' }],
      },
      { Status: 'Inactive', LastUsed: { Kind: 'never' } },
    ]);
    expect(findUser(users, 'carol').AccessKeys).toEqual([]);
    expect(findUser(users, '<root_account>')).toMatchObject({
      isRoot: true,
      AccessKeys: [{ Status: 'Active', LastUsed: { Kind: 'never' } }],
    });
    expect(cost.calls).toEqual({
      GenerateCredentialReport: 1,
      GetAccountAuthorizationDetails: 1,
      GetAccountSummary: 1,
      GetCallerIdentity: 1,
      GetCredentialReport: 1,
      ListAccessKeys: 2,
      ListAccountAliases: 1,
      ListServiceSpecificCredentials: 1,
    });
  });

  it('lists again only the keys of users that changed', async () => {
    const fleet = await start({ accounts: [{ accountId: account, users: makeUsers(20) }] });
    const store = new MemorySnapshots();
    const first = await scan(fleet, { store });
    expect(first.cost.calls.ListAccessKeys).toBe(21);
    const again = await scan(fleet, { store });
    expect(again.cost.calls.ListAccessKeys).toBeUndefined();
    expect(again.users).toEqual(first.users);

    const [rotated, stopped] = ['user-0003', 'user-0007'];
    const [old] = await listAccessKeys(fleet.aws, { UserName: stopped });
    const stop = new UpdateAccessKeyCommand({ UserName: stopped, AccessKeyId: old?.AccessKeyId, Status: 'Inactive' });
    await fleet.aws.iam.send(stop);
    const made = await createAccessKey(fleet.aws, { UserName: rotated });
    fleet.passTime(reportAge);
    const changed = await scan(fleet, { store });
    expect(changed.cost.calls.ListAccessKeys).toBe(2);
    expect(keysOf(findUser(changed.users, stopped))).toMatchObject([{ Status: 'Inactive' }]);
    const ids = keysOf(findUser(changed.users, rotated)).map(({ AccessKeyId }) => AccessKeyId);
    expect(ids).toContain(made.AccessKeyId);
    // What was not read again keeps its age.
    const [kept, before] = [changed, first].map(({ users }) => keysOf(findUser(users, 'user-0001'))[0]);
    expect(kept).toMatchObject({ AccessKeyId: before?.AccessKeyId, listedAt: before?.listedAt });
    expect(kept?.lastUsedFrom.at.getTime()).toBeGreaterThan(before?.lastUsedFrom.at.getTime() ?? Infinity);
  });

  it('lists all keys again when it is told to', async () => {
    const fleet = await start({ accounts: [{ accountId: account, users: makeUsers(5) }] });
    const store = new MemorySnapshots();
    await scan(fleet, { store });
    expect((await scan(fleet, { store, refresh: 'full' })).cost.calls.ListAccessKeys).toBe(6);
  });

  it('sees a user made again under the same name, and forgets one that is gone', async () => {
    const fleet = await start({ accounts: [{ accountId: account, users: makeUsers(3) }] });
    const store = new MemorySnapshots();
    const first = await scan(fleet, { store });
    for (const UserName of ['user-0000', 'user-0001']) {
      for (const { AccessKeyId } of await listAccessKeys(fleet.aws, { UserName })) {
        await deleteAccessKey(fleet.aws, { UserName, AccessKeyId });
      }
      await fleet.aws.iam.send(new DeleteUserCommand({ UserName }));
    }
    await fleet.aws.iam.send(new CreateUserCommand({ UserName: 'USER-0000' }));
    await createAccessKey(fleet.aws, { UserName: 'user-0000' });
    fleet.passTime(reportAge);
    const second = await scan(fleet, { store });
    expect(second.users.map(({ UserName }) => UserName)).toEqual(['<root_account>', 'admin', 'USER-0000', 'user-0002']);
    expect(second.cost.calls.ListAccessKeys).toBe(1);
    expect(findUser(second.users, 'USER-0000').UserId).not.toBe(findUser(first.users, 'user-0000').UserId);
  });

  it('asks IAM about users and keys that the report does not know yet', async () => {
    const fleet = await start({ accounts: [{ accountId: account, users: makeUsers(3) }] });
    await scan(fleet);
    fleet.passTime(60_000);
    await fleet.aws.iam.send(new CreateUserCommand({ UserName: 'newcomer' }));
    const { AccessKeyId } = await createAccessKey(fleet.aws, { UserName: 'newcomer' });
    const second = await createAccessKey(fleet.aws, { UserName: 'user-0001' });
    const { users, cost } = await scan(fleet);
    expect(cost.calls).toMatchObject({ ListAccessKeys: 5, GetAccessKeyLastUsed: 2 });
    const newcomer = findUser(users, 'newcomer');
    expect(newcomer).toMatchObject({ password: { isEnabled: { Kind: 'unknown' } }, isMfaActive: { Kind: 'unknown' } });
    const asked = { LastUsed: { Kind: 'never' }, lastUsedFrom: { source: 'get-access-key-last-used' } };
    expect(keysOf(newcomer)).toMatchObject([{ AccessKeyId, ...asked }]);
    const young = keysOf(findUser(users, 'user-0001')).find((key) => key.AccessKeyId === second.AccessKeyId);
    expect(young).toMatchObject(asked);
  });

  it('asks IAM which of two keys made at once was used', async () => {
    const made = { CreateDate: '2026-01-01T00:00:00Z' };
    const AccessKeys = [
      { ...made, AccessKeyId: 'AKIAEXAMPLE000000001', LastUsedDate: '2d' },
      { ...made, AccessKeyId: 'AKIAEXAMPLE000000002' },
    ];
    const { users, cost } = await scan(
      await start({ accounts: [{ accountId: account, users: makeUsers(1, AccessKeys) }] }),
    );
    expect(cost.calls.GetAccessKeyLastUsed).toBe(2);
    const keys = keysOf(findUser(users, 'user-0000'));
    const kinds = Object.fromEntries(keys.map(({ AccessKeyId = '', LastUsed }) => [AccessKeyId, LastUsed.Kind]));
    expect(kinds).toEqual({ AKIAEXAMPLE000000001: 'used', AKIAEXAMPLE000000002: 'never' });
  });

  it('leaves out a user who was deleted since the report', async () => {
    const fleet = await start({ accounts: [{ accountId: account, users: makeUsers(3) }] });
    await scan(fleet);
    const [key] = await listAccessKeys(fleet.aws, { UserName: 'user-0001' });
    await deleteAccessKey(fleet.aws, { UserName: 'user-0001', AccessKeyId: key?.AccessKeyId ?? '' });
    await fleet.aws.iam.send(new DeleteUserCommand({ UserName: 'user-0001' }));
    const { users, facts } = await scan(fleet);
    expect(users.map(({ UserName }) => UserName)).toEqual(['<root_account>', 'admin', 'user-0000', 'user-0002']);
    expect(facts.gaps).toEqual([]);
  });

  it('remembers where a key was used before', async () => {
    const keys = [
      {
        CreateDate: '400d',
        AccessKeyId: 'AKIAEXAMPLEUSED00000',
        SecretAccessKey: 'a secret for use',
        LastUsedDate: '3d',
        Region: 'eu-west-1',
        ServiceName: 'sqs',
      },
    ];
    const fleet = await start({ accounts: [{ accountId: account, users: makeUsers(1, keys) }] });
    const store = new MemorySnapshots();
    await scan(fleet, { store });
    const user = connectTo(fleet.endpoint, {
      credentials: { accessKeyId: 'AKIAEXAMPLEUSED00000', secretAccessKey: 'a secret for use' },
      region: 'us-east-1',
    });
    await user.iam.send(new ListUsersCommand({})).catch(() => undefined);
    user.destroy();
    fleet.passTime(reportAge);
    const { users } = await scan(fleet, { store });
    const places = keysOf(findUser(users, 'user-0000'))[0]?.uses?.map((use) => `${use.ServiceName} ${use.Region}`);
    expect(places).toEqual(['sqs eu-west-1', 'iam us-east-1']);
  });
});

describe('a scan where something is denied', () => {
  it('asks user by user without a report, and knows no password', async () => {
    const caller = seedCaller([all, deny('GenerateCredentialReport', 'GetCredentialReport')]);
    const fleet = await start({
      accounts: [
        { accountId: account, rootAccessKeys: [{}], users: [...makeUsers(3, [{ LastUsedDate: '9d' }]), caller.user] },
      ],
    });
    const { facts, users, cost } = await scan(fleet, { aws: caller.connect(fleet) });
    expect(facts.gaps).toEqual([
      expect.stringMatching(
        /^the credential report could not be read: .*iam:GenerateCredentialReport.*each last use is asked for$/,
      ),
    ]);
    expect(facts).not.toHaveProperty('reportGeneratedAt');
    expect(users.map(({ UserName }) => UserName)).toEqual([
      '<root_account>',
      'admin',
      'user-0000',
      'user-0001',
      'user-0002',
      'zz-caller',
    ]);
    expect(cost.calls).toMatchObject({ ListAccessKeys: 5, GetAccessKeyLastUsed: 5 });
    expect(cost.calls).not.toHaveProperty('ListUsers');
    expect(findUser(users, 'user-0001')).toMatchObject({
      isMfaActive: { Kind: 'unknown' },
      password: { isEnabled: { Kind: 'unknown' } },
      Tags: {},
      AccessKeys: [{ LastUsed: { Kind: 'used' }, lastUsedFrom: { source: 'get-access-key-last-used' } }],
    });
    expect(findUser(users, '<root_account>').AccessKeys).toMatchObject([
      { Status: 'Unknown', LastUsed: { Kind: 'unknown' }, lastUsedFrom: { source: 'account-summary' } },
    ]);
  });

  it('knows no tags without the details, and the ids of users from their list', async () => {
    const caller = seedCaller([
      all,
      deny('GetAccountAuthorizationDetails', 'ListServiceSpecificCredentials', 'GetAccountSummary'),
    ]);
    const fleet = await start({ accounts: [{ accountId: account, users: [...makeUsers(2), caller.user] }] });
    const { facts, users, cost } = await scan(fleet, { aws: caller.connect(fleet) });
    expect(facts.gaps.map((gap) => gap.replace(/ could not be read: .*; /, ': '))).toEqual([
      'the account summary: root keys are known from the credential report alone',
      'the list of service-specific credentials: they are unknown',
      'the authorization details: tags, groups and policies are unknown',
    ]);
    expect(cost.calls.ListUsers).toBe(1);
    const unknown = { Kind: 'unknown' };
    expect(findUser(users, 'user-0000')).toMatchObject({
      UserId: expect.stringMatching(/^AIDA/) as string,
      Tags: unknown,
      Groups: unknown,
      AttachedPolicies: unknown,
      ServiceSpecificCredentials: unknown,
      AccessKeys: [{ Status: 'Active' }],
    });
  });

  it('knows keys from the report where it may not list them, and lists them when it may', async () => {
    const denied = { Effect: 'Deny', Action: 'iam:ListAccessKeys', Resource: `arn:aws:iam::${account}:user/user-000*` };
    const caller = seedCaller([all, denied]);
    const fleet = await start({ accounts: [{ accountId: account, users: [...makeUsers(2), caller.user] }] });
    const store = new MemorySnapshots();
    const { facts, users } = await scan(fleet, { store, aws: caller.connect(fleet) });
    expect(facts.gaps).toEqual([
      expect.stringMatching(/^the access keys could not be read for 2 users; the first reason: /),
    ]);
    const [key] = keysOf(findUser(users, 'user-0000'));
    expect(key).toMatchObject({ Status: 'Active', LastUsed: { Kind: 'never' } });
    expect(key).not.toHaveProperty('AccessKeyId');
    const later = await scan(fleet, { store });
    expect(later.cost.calls.ListAccessKeys).toBe(2);
    expect(keysOf(findUser(later.users, 'user-0000'))[0]).toHaveProperty('AccessKeyId');
  });

  it('never takes a last use that it may not ask for to be none', async () => {
    const caller = seedCaller([all, deny('GenerateCredentialReport', 'GetAccessKeyLastUsed')]);
    const fleet = await start({ accounts: [{ accountId: account, users: [...makeUsers(2), caller.user] }] });
    const { facts, users } = await scan(fleet, { aws: caller.connect(fleet) });
    expect(facts.gaps).toHaveLength(2);
    for (const user of users.filter(({ isRoot }) => !isRoot)) {
      expect(keysOf(user)).toMatchObject([{ LastUsed: { Kind: 'unknown' } }]);
    }
  });

  it('fails where the users cannot be read at all', async () => {
    const caller = seedCaller([deny('*')]);
    const fleet = await start({ accounts: [{ accountId: account, users: [caller.user] }] });
    const failure = scanAccount(caller.connect(fleet), { store: new MemorySnapshots() });
    expect(await catchFailure(failure)).toMatchObject({
      code: 'ERR_ACCESS_DENIED',
      hint: 'keyturn policy auditor prints what a scan has to be allowed',
    });
  });
});

/** Also of requests that were under way when the scan was interrupted. */
async function countListings(fleet: Fleet): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  return fleet.countRequests().ListAccessKeys ?? 0;
}

describe('a scan where things go wrong', () => {
  it('loses nothing where it is throttled, and counts what it sent', async () => {
    const fleet = await start(
      { accounts: [{ accountId: account, users: makeUsers(150) }] },
      { rehearsal: { throttling: [{ rate: 10, burst: 20 }] } },
    );
    const { users, cost } = await scan(fleet);
    expect(users).toHaveLength(152);
    for (const user of users.filter(({ isRoot }) => !isRoot)) expect(keysOf(user)).toHaveLength(1);
    expect(cost.throttled).toBeGreaterThan(0);
    expect(cost.calls.ListAccessKeys).toBe(151 + cost.throttled);
  });

  it('loses nothing where answers are lost, late and wrong', async () => {
    const faults = [
      { kind: 'lost-answer', actions: ['iam:*'], rate: 0.05 },
      { kind: 'error', actions: ['iam:*'], rate: 0.05 },
      { kind: 'error', actions: ['iam:*'], rate: 0.05, code: 'InternalFailure', status: 500 },
    ];
    const fleet = await start({ accounts: [{ accountId: account, users: makeUsers(60) }] }, { rehearsal: { faults } });
    const { users, facts } = await scan(fleet);
    expect(facts.gaps).toEqual([]);
    expect(users.flatMap((user) => keysOf(user))).toHaveLength(61);
  });

  it('waits for a report that takes its time', async () => {
    const fleet = await start({ accounts: [{ accountId: account, users: makeUsers(2) }] });
    fleet.endpoint.rehearse({
      faults: [{ kind: 'error', actions: ['GetCredentialReport'], count: 2, code: 'ReportInProgress', status: 404 }],
    });
    const { cost, facts } = await scan(fleet);
    expect(cost.calls).toMatchObject({ GenerateCredentialReport: 1, GetCredentialReport: 3 });
    expect(facts.gaps).toEqual([]);
  });

  it('takes the report that is there where it may not ask for another', async () => {
    const fleet = await start({ accounts: [{ accountId: account, users: makeUsers(2) }] });
    await scan(fleet);
    fleet.endpoint.rehearse({
      faults: [{ kind: 'error', actions: ['GenerateCredentialReport'], code: 'LimitExceeded', status: 409 }],
    });
    expect((await scan(fleet)).facts).toMatchObject({ gaps: [], reportGeneratedAt: expect.any(Date) as Date });
  });

  it('goes on where it was interrupted', async () => {
    const fleet = await start({ accounts: [{ accountId: account, users: makeUsers(100) }] });
    const store = new MemorySnapshots();
    const stop = new AbortController();
    let last: ScanProgress | undefined;
    const onProgress = (progress: ScanProgress): void => {
      last = progress;
      if (progress.users === 60) stop.abort();
    };
    const failure = scanAccount(fleet.aws, { store, signal: stop.signal, onProgress });
    expect(await catchFailure(failure)).toMatchObject({ code: 'ERR_INTERRUPTED' });
    expect(last).toMatchObject({ accounts: 0, accountsInAll: 1, usersInAll: 101 });
    const listed = await countListings(fleet);
    const { users, cost } = await scan(fleet, { store });
    expect(users).toHaveLength(102);
    expect(listed + (cost.calls.ListAccessKeys ?? 0)).toBeLessThanOrEqual(101 + 11);
  });

  it('goes on with a full refresh too, and lists nobody twice', async () => {
    const fleet = await start({ accounts: [{ accountId: account, users: makeUsers(100) }] });
    const store = new MemorySnapshots();
    await scan(fleet, { store });
    const stop = new AbortController();
    const onProgress = ({ users }: ScanProgress): void => {
      if (users === 60) stop.abort();
    };
    fleet.forgetRequests();
    await catchFailure(scanAccount(fleet.aws, { store, refresh: 'full', signal: stop.signal, onProgress }));
    const listed = await countListings(fleet);
    const { cost } = await scan(fleet, { store, refresh: 'full' });
    expect(listed).toBeGreaterThanOrEqual(58);
    expect(listed + (cost.calls.ListAccessKeys ?? 0)).toBeLessThanOrEqual(101 + 11);
  });

  it('ends at once where nobody is there', async () => {
    const fleet = await start({ accounts: [{ accountId: account }] });
    const aws = connectTo(fleet.endpoint, { endpoint: 'http://127.0.0.1:9' });
    const waits: number[] = [];
    const clock = { now: () => new Date(), wait: (time: number) => Promise.resolve(void waits.push(time)) };
    const failure = scanAccount(Object.assign(Object.create(aws) as typeof aws, { clock }), {
      store: new MemorySnapshots(),
    });
    expect(await catchFailure(failure)).toMatchObject({ code: 'ERR_NETWORK' });
    expect(waits).toEqual([500, 1000, 2000, 4000]);
  });
});
