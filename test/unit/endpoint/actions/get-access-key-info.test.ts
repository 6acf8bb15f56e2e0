import { describe, expect, it } from 'vitest';
import { getAccessKeyInfo } from '../../../../src/endpoint/actions/get-access-key-info.ts';
import { Secret } from '../../../../src/secret.ts';
import { accountId, birth, openAccount, openSession, refusal, role, root } from './rehearsal.ts';

describe('GetAccessKeyInfo', () => {
  it('tells the account of a key by its id, whosever it is', () => {
    const { admin, perform, resource } = openAccount();
    const find = (AccessKeyId: string) => perform(getAccessKeyInfo, { AccessKeyId }).Account;
    expect(find(admin.accessKeyId)).toBe(accountId);
    expect(find('ASIAQNZGKIQY56JQ7WML')).toBe('029608264753');
    expect(resource(getAccessKeyInfo, { AccessKeyId: admin.accessKeyId })).toBeUndefined();
  });

  it('is not for the sessions of users and of root', () => {
    const { admin, attempt, resource } = openAccount();
    const input = { AccessKeyId: admin.accessKeyId };
    const refused = refusal('AccessDenied', 403, 'Cannot call GetAccessKeyInfo with session credentials');
    for (const caller of [openSession(admin), { ...root, temporary: true }]) {
      expect(() => resource(getAccessKeyInfo, input, caller)).toThrow(refused);
    }
    expect(attempt(getAccessKeyInfo, input, role)).not.toThrow();
    expect(resource(getAccessKeyInfo, input, role)).toBeUndefined();
  });

  it('tells the account of a key of the old form when it is ours', () => {
    const { directory, perform, attempt } = openAccount();
    const AccessKeyId = 'AKIAIOSFODNN7EXAMPLE';
    expect(attempt(getAccessKeyInfo, { AccessKeyId })).toThrow(
      refusal('ValidationError', 400, `The access key ID ${AccessKeyId} does not exist.`),
    );
    const pair = { AccessKeyId, SecretAccessKey: new Secret('none') };
    directory.accessKeys.create({ accountId, ownerId: accountId, CreateDate: birth, quota: 2, pair });
    expect(perform(getAccessKeyInfo, { AccessKeyId }).Account).toBe(accountId);
  });
});
