import { describe, expect, it } from 'vitest';
import { scanAccount } from '../../../../src/fleet/index.ts';
import { MemorySnapshots } from '../memory-snapshots.ts';
import { account, collect, findUser, keysOf, makeUsers, startScanned } from './scanned-endpoint.ts';

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

describe('a scan of an account', () => {
  it('tells all that is known of it, in so many calls', async () => {
    await using fleet = await startScanned(seed);
    const { account: facts, users, cost } = await scanAccount(fleet.aws, { store: new MemorySnapshots() });
    expect(facts).toMatchObject({ Account: account, partition: 'aws', Alias: 'acme-production', gaps: [] });
    expect(facts.reportGeneratedAt).toBeInstanceOf(Date);
    const found = await collect(users());
    expect(found.map(({ UserName }) => UserName)).toEqual(['<root_account>', 'admin', 'Bob', 'carol']);
    const bob = findUser(found, 'Bob');
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
    expect(findUser(found, 'carol').AccessKeys).toEqual([]);
    expect(findUser(found, '<root_account>')).toMatchObject({
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
    expect(cost.calls).toEqual(fleet.countRequests());
  });

  it('lists again only the keys of users that changed', async () => {
    await using fleet = await startScanned({ accounts: [{ accountId: account, users: makeUsers(20) }] });
    const store = new MemorySnapshots();
    const first = await scanAccount(fleet.aws, { store });
    expect(first.cost.calls.ListAccessKeys).toBe(21);
    const again = await scanAccount(fleet.aws, { store });
    expect(again.cost.calls.ListAccessKeys).toBeUndefined();
    const [before, after] = [await collect(first.users()), await collect(again.users())];
    expect(after).toEqual(before);
    const full = await scanAccount(fleet.aws, { store, refresh: 'full' });
    expect(full.cost.calls.ListAccessKeys).toBe(21);
  });
});
