import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openDirectory } from '../../../../src/endpoint/directory/directory.ts';
import { generateFleet } from '../../../../src/endpoint/seed/generate.ts';
import { plant } from '../../../../src/endpoint/seed/plant.ts';
import { SeededRandom } from '../../../../src/endpoint/seeded-random.ts';

const now = new Date('2026-11-23T10:00:00Z');
const managementAccountId = '123456789012';

/** A fleet with its users in lists rather than in generators. */
function generate(seed: string, users = 300, accounts = 4) {
  const terms = { users, keys: 1.4, accounts, random: new SeededRandom(seed), managementAccountId, now };
  const fleet = generateFleet(terms);
  return { ...fleet, accounts: [...fleet.accounts].map((account) => ({ ...account, users: [...account.users] })) };
}

describe('generateFleet', () => {
  it('makes the same fleet of the same seed, and another of another', () => {
    expect(generate('42')).toEqual(generate('42'));
    expect(generate('43')).not.toEqual(generate('42'));
  });

  it('is as large as asked for', () => {
    const { accounts } = generate('42', 1_000);
    const users = accounts.flatMap((account) => account.users);
    expect(users).toHaveLength(4_000);
    const keys = users.flatMap(({ accessKeys }) => accessKeys);
    expect(keys.length / users.length).toBeCloseTo(1.4, 1);
    expect(Math.max(...users.map(({ accessKeys }) => accessKeys.length))).toBe(2);
  });

  it('is believable', () => {
    const { accounts, organization } = generate('42', 1_000, 30);
    expect(accounts[0]?.accountId).toBe(managementAccountId);
    const users = accounts.flatMap((account) => account.users);
    const keys = users.flatMap((user) => user.accessKeys.map((key) => ({ ...key, born: user.CreateDate })));
    for (const { CreateDate, lastUse, born } of keys) {
      expect(CreateDate.getTime()).toBeGreaterThanOrEqual(born.getTime());
      expect(CreateDate.getTime()).toBeLessThanOrEqual(now.getTime());
      if (lastUse !== undefined) expect(lastUse.LastUsedDate.getTime()).toBeLessThanOrEqual(now.getTime());
    }
    const share = (count: number) => count / keys.length;
    expect(share(keys.filter(({ Status }) => Status === 'Inactive').length)).toBeGreaterThan(0.05);
    expect(share(keys.filter(({ lastUse }) => lastUse === undefined).length)).toBeGreaterThan(0.05);
    const attached = new Set(users.flatMap(({ attachedPolicies }) => attachedPolicies));
    expect(attached).toContain('arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3');
    expect(users.filter(({ password }) => password !== undefined).length).toBeGreaterThan(1_000);
    expect(accounts.filter(({ rootKeys }) => rootKeys.length > 0).length).toBeGreaterThan(0);
    expect(organization?.units.map(({ Name }) => Name)).toContain('Security');
  });

  it.each([0, 0.5, 1, 2])('spreads %d keys a user', (average) => {
    const terms = { users: 2_000, keys: average, accounts: 1, random: new SeededRandom('k'), managementAccountId, now };
    const users = [...generateFleet(terms).accounts].flatMap((account) => [...account.users]);
    const keys = users.reduce((sum, { accessKeys }) => sum + accessKeys.length, 0);
    expect(Math.abs(keys / users.length - average)).toBeLessThan(0.06);
  });
});

describe('plant', () => {
  it('writes what the directory then holds', () => {
    const directory = openDirectory({ lastUsedGranularity: 0, random: randomBytes });
    directory.begin({ accountId: managementAccountId, now });
    const fleet = generate('42');
    const planted = plant(directory, fleet, now);
    expect(planted).toMatchObject({ accounts: 4, users: 1_200 });
    expect(directory.accounts.list({ limit: 10 })).toHaveLength(4);
    for (const account of fleet.accounts) {
      const admins = account.accountId === managementAccountId ? 1 : 0;
      expect(directory.users.count(account.accountId)).toBe(300 + admins);
      const [first] = account.users;
      const user = directory.users.find(account.accountId, first?.UserName ?? '');
      expect(user).toMatchObject({ Path: first?.Path, CreateDate: first?.CreateDate });
      const keys = directory.accessKeys.list(user?.UserId ?? '');
      const byAge = [...(first?.accessKeys ?? [])].sort((a, b) => a.CreateDate.getTime() - b.CreateDate.getTime());
      expect(keys.map(({ CreateDate, Status }) => ({ CreateDate, Status }))).toEqual(
        byAge.map(({ CreateDate, Status }) => ({ CreateDate, Status })),
      );
      expect(keys.map(({ AccessKeyId }) => directory.lastUses.find(AccessKeyId))).toEqual(
        byAge.map(({ lastUse }) => lastUse),
      );
      expect(directory.tags.list(user?.UserId ?? '')).toHaveLength(first?.tags.length ?? 0);
    }
    const organizationId = fleet.organization?.Id ?? '';
    expect(directory.organizations.listAccounts(organizationId, { limit: 10 })).toHaveLength(4);
    expect(() => plant(directory, fleet, now)).toThrow(expect.objectContaining({ code: 'ERR_USAGE' }));
    directory.reset();
    expect(directory.accounts.list({ limit: 10 })).toHaveLength(1);
    directory.close();
  });
});
