import { describe, expect, it } from 'vitest';
import { getAccountSummary } from '../../../../src/endpoint/actions/get-account-summary.ts';
import { iam } from '../../../../src/endpoint/model/overlay.ts';
import { accountId, openAccount } from './rehearsal.ts';

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

  it('has every entry that AWS has, and no other', () => {
    const { SummaryMap } = openAccount().perform(getAccountSummary, {});
    expect(Object.keys(SummaryMap ?? {}).sort()).toEqual([...iam.shapes.summaryKeyType.enum].sort());
  });

  it('needs permission for everything', () => {
    expect(openAccount().resource(getAccountSummary, {})).toBe('*');
  });
});
