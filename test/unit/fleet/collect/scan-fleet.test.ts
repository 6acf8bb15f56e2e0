import { afterEach, describe, expect, it } from 'vitest';
import { scanFleet, type FleetOptions, type ScannedAccount, type ScanProgress } from '../../../../src/fleet/index.ts';
import { catchFailure } from '../../iam/catch-failure.ts';
import { MemorySnapshots } from '../memory-snapshots.ts';
import { account, collect, keysOf, makeUsers, startScanned } from './scanned-endpoint.ts';

const members = ['111111111111', '222222222222', '333333333333', '444444444444'] as const;
const [payments, , suspended, invited] = members;

const seed = {
  organization: { managementAccountId: account, accounts: [account, ...members] },
  accounts: [
    { accountId: account, Name: 'management', users: makeUsers(2) },
    { accountId: payments, Name: 'payments', rootAccessKeys: [{ CreateDate: '9d' }], users: makeUsers(12) },
    { accountId: members[1], Name: 'search', users: makeUsers(3) },
    { accountId: suspended, Name: 'old', State: 'SUSPENDED', users: makeUsers(3) },
    { accountId: invited, Name: 'bought', JoinedMethod: 'INVITED', users: makeUsers(3) },
  ],
};

const clean: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of clean.splice(0)) await end();
});

async function start(options: Parameters<typeof startScanned>[1] = {}) {
  const fleet = await startScanned(seed, options);
  clean.push(async () => {
    await fleet[Symbol.asyncDispose]();
  });
  return fleet;
}

type Fleet = Awaited<ReturnType<typeof start>>;

async function scan(fleet: Fleet, options: Partial<FleetOptions> = {}) {
  fleet.forgetRequests();
  const running = scanFleet(fleet.aws, { store: new MemorySnapshots(), ...options });
  const accounts = await collect(running);
  const cost = running.cost();
  expect(cost.calls).toEqual(fleet.countRequests());
  return { accounts, cost };
}

async function countKeys(accounts: readonly ScannedAccount[]): Promise<Record<string, number>> {
  const entries = accounts.map(async ({ account: { Account }, users }) => {
    const all = await collect(users());
    return [Account, all.flatMap((user) => keysOf(user)).length] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe('a scan of an organization', () => {
  it('reads every account that can be read, and says of the others why not', async () => {
    const { accounts, cost } = await scan(await start());
    expect(accounts.map(({ account: { Account, Name, gaps } }) => [Account, Name, gaps])).toEqual([
      [payments, 'payments', []],
      [account, 'management', []],
      ['222222222222', 'search', []],
      [suspended, 'old', ['the account is SUSPENDED and was not read']],
      [invited, 'bought', [expect.stringMatching(/^the account could not be read: .*sts:AssumeRole/)]],
    ]);
    expect(await countKeys(accounts)).toEqual({
      [account]: 3,
      [payments]: 13,
      '222222222222': 3,
      [suspended]: 0,
      [invited]: 0,
    });
    expect(cost.calls).toMatchObject({
      AssumeRole: 3,
      GenerateCredentialReport: 3,
      GetCallerIdentity: 1,
      GetCredentialReport: 3,
      ListAccessKeys: 18,
      ListAccounts: 1,
    });
    expect(cost.calls).not.toHaveProperty('ListAccountAliases');
  });

  it('reads the accounts that are named, in their order, through the role that is named', async () => {
    const fleet = await start();
    const accounts = [{ Account: '222222222222', Name: 'mine' }, { Account: account }];
    const found = await scan(fleet, { accounts });
    expect(found.accounts.map(({ account: { Account, Name, gaps } }) => [Account, Name, gaps])).toEqual([
      ['222222222222', 'mine', []],
      [account, undefined, []],
    ]);
    expect(found.cost.calls).not.toHaveProperty('ListAccounts');
    const other = await scan(fleet, { accounts: accounts.slice(0, 1), roleName: 'audit/KeyAuditor' });
    expect(other.accounts[0]?.account.gaps).toEqual([
      expect.stringMatching(/^the account could not be read: .*arn:aws:iam::222222222222:role\/audit\/KeyAuditor/),
    ]);
  });

  it.each([
    [{ accounts: [{ Account: '1234' }] }, 'not the id of an account: "1234"'],
    [{ accounts: [{ Account: account }, { Account: account }] }, 'the account 123456789012 stands there twice'],
    [{ roleName: 'arn:aws:iam::123456789012:role/x' }, 'not the name of a role: "arn:aws:iam::123456789012:role/x"'],
  ])('refuses %j', async (options, message) => {
    const fleet = await start();
    const failure = collect(scanFleet(fleet.aws, { store: new MemorySnapshots(), ...options }));
    expect(await catchFailure(failure)).toMatchObject({ code: 'ERR_USAGE', message });
  });

  it('renews a session that ends in the middle', async () => {
    const fleet = await start();
    let passed = false;
    const onProgress = ({ calls }: ScanProgress): void => {
      if (passed || calls < 14) return;
      passed = true;
      // Sessions last an hour. The clock of the signer is off from here on, too.
      fleet.endpoint.advanceClock(2 * 60 * 60_000);
    };
    const { accounts, cost } = await scan(fleet, { onProgress, accounts: [{ Account: payments }] });
    expect(accounts[0]?.account.gaps).toEqual([]);
    expect(await countKeys(accounts)).toEqual({ [payments]: 13 });
    expect(cost.calls.AssumeRole).toBeGreaterThanOrEqual(2);
  });

  it('goes on with the others where an account vanishes in the middle', async () => {
    const fleet = await start();
    fleet.endpoint.rehearse({
      faults: [{ kind: 'error', accountId: payments, skip: 10, code: 'InvalidClientTokenId', status: 403 }],
    });
    const { accounts } = await scan(fleet);
    expect(accounts[0]?.account).toMatchObject({ Account: payments });
    expect(accounts[0]?.account.gaps[0]).toMatch(/^the account could not be read: /);
    expect(await countKeys(accounts)).toMatchObject({ [payments]: 0, [account]: 3, '222222222222': 3 });
  });

  it('gives accounts from the store that an interrupted scan finished', async () => {
    const fleet = await start();
    const store = new MemorySnapshots();
    const stop = new AbortController();
    const drain = async (): Promise<void> => {
      for await (const { account: facts } of scanFleet(fleet.aws, { store, signal: stop.signal, concurrency: 1 })) {
        if (facts.Account === account) stop.abort();
      }
    };
    expect(await catchFailure(drain())).toMatchObject({ code: 'ERR_INTERRUPTED' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { accounts, cost } = await scan(fleet, { store });
    expect(await countKeys(accounts)).toMatchObject({ [payments]: 13, [account]: 3, '222222222222': 3 });
    // The last of the three may have been begun before.
    expect(cost.calls.GenerateCredentialReport).toBe(1);
    expect(cost.calls.ListAccessKeys).toBeLessThanOrEqual(3);
    expect((await scan(fleet, { store })).cost.calls).toMatchObject({ GenerateCredentialReport: 3 });
  });

  it('stops when nobody wants more of it', async () => {
    const fleet = await start();
    for await (const scanned of scanFleet(fleet.aws, { store: new MemorySnapshots(), concurrency: 1 })) {
      expect(scanned.account.Account).toBe(payments);
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { total } = { total: Object.values(fleet.countRequests()).reduce((sum, count) => sum + count, 0) };
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(Object.values(fleet.countRequests()).reduce((sum, count) => sum + count, 0)).toBe(total);
  });

  it('tells how far it is', async () => {
    const seen: ScanProgress[] = [];
    const { cost } = await scan(await start(), { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({
      accounts: 5,
      accountsInAll: 5,
      users: 18,
      usersInAll: 18,
      calls: cost.total,
      throttled: 0,
    });
  });
});
