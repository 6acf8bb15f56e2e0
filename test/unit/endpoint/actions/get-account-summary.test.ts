import { describe, expect, it } from 'vitest';
import { getAccountSummary } from '../../../../src/endpoint/actions/get-account-summary.ts';
import { iam } from '../../../../src/endpoint/model/overlay.ts';
import { accountId, now, openAccount } from './rehearsal.ts';

describe('GetAccountSummary', () => {
  it('counts what there is, and says what there may be', () => {
    const { perform, addUser, addKey } = openAccount();
    expect(perform(getAccountSummary, {}).SummaryMap).toMatchObject({
      Users: 1,
      UsersQuota: 5000,
      AccessKeysPerUserQuota: 2,
      AccountAccessKeysPresent: 0,
      Groups: 0,
      GroupsQuota: 300,
      RolesQuota: 1000,
      PoliciesQuota: 1500,
    });
    addUser('bob');
    addKey(accountId);
    addKey(accountId);
    expect(perform(getAccountSummary, {}).SummaryMap).toMatchObject({ Users: 2, AccountAccessKeysPresent: 1 });
  });

  it('counts what belongs to this account alone', () => {
    const { directory, admin, perform } = openAccount();
    const document = '{}';
    const made = { accountId, Path: '/', CreateDate: now };
    directory.groups.create({ ...made, GroupName: 'ops' });
    const policy = directory.policies.create({ ...made, PolicyName: 'p', Description: undefined, document });
    directory.policies.addVersion(policy, document, now);
    expect(perform(getAccountSummary, {}).SummaryMap).toMatchObject({ Policies: 1, PolicyVersionsInUse: 1 });
    directory.attachedPolicies.attach(accountId, 'AIDA1', policy.Arn);
    directory.attachedPolicies.attach(accountId, 'AIDA2', policy.Arn);
    directory.users.setBoundary(admin.userId, policy.Arn);
    for (const name of ['a', 'b']) directory.mfaDevices.create(accountId, `arn:aws:iam::${accountId}:mfa/${name}`);
    expect(perform(getAccountSummary, {}).SummaryMap).toMatchObject({
      Groups: 1,
      Policies: 1,
      PolicyVersionsInUse: 2,
      Roles: 0,
      MFADevices: 2,
      MFADevicesInUse: 0,
    });
  });

  it('has every entry that AWS has, and no other', () => {
    const { SummaryMap } = openAccount().perform(getAccountSummary, {});
    expect(Object.keys(SummaryMap ?? {}).sort()).toEqual([...iam.shapes.summaryKeyType.enum].sort());
  });

  it('needs permission for everything', () => {
    expect(openAccount().resource(getAccountSummary, {})).toBe('*');
  });
});
