import { describe, expect, it } from 'vitest';
import { getAccessKeyLastUsed } from '../../../../src/endpoint/actions/get-access-key-last-used.ts';
import { accountId, now, openAccount, refusal, role, root } from './rehearsal.ts';

describe('GetAccessKeyLastUsed', () => {
  it('says that a key was never used', () => {
    const { admin, perform } = openAccount();
    expect(perform(getAccessKeyLastUsed, { AccessKeyId: admin.accessKeyId }, role)).toEqual({
      UserName: 'admin',
      AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
    });
  });

  it('says when and where a key was last used, and whose it is now', () => {
    const { directory, perform, addUser, addKey } = openAccount();
    const { UserId } = addUser('bob');
    const AccessKeyId = addKey(UserId);
    directory.lastUses.record(AccessKeyId, { LastUsedDate: now, Region: 'eu-central-1', ServiceName: 'sts' });
    directory.users.update(UserId, { UserName: 'Rob' });
    expect(perform(getAccessKeyLastUsed, { AccessKeyId })).toEqual({
      UserName: 'Rob',
      AccessKeyLastUsed: { LastUsedDate: now, Region: 'eu-central-1', ServiceName: 'sts' },
    });
  });

  it('names no user for a key of the root user', () => {
    const { perform, resource, addKey } = openAccount();
    const AccessKeyId = addKey(accountId);
    expect(perform(getAccessKeyLastUsed, { AccessKeyId }).UserName).toBeUndefined();
    expect(resource(getAccessKeyLastUsed, { AccessKeyId })).toBe(root.arn);
  });

  it('denies access to a key that is not there, or is of another account', () => {
    const { directory, admin, attempt, resource } = openAccount();
    const other = 'AKIAIOSFODNN7EXAMPLE';
    const denied = refusal(
      'AccessDenied',
      403,
      `User: ${admin.arn} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${other}`,
    );
    expect(attempt(getAccessKeyLastUsed, { AccessKeyId: other })).toThrow(denied);
    expect(() => resource(getAccessKeyLastUsed, { AccessKeyId: other })).toThrow(denied);
    const stranger = { ...role, accountId: '111122223333' };
    expect(attempt(getAccessKeyLastUsed, { AccessKeyId: admin.accessKeyId }, stranger)).toThrow(
      `User: ${stranger.arn} is not authorized`,
    );
    expect(directory.accessKeys.find(admin.accessKeyId)).toBeDefined();
  });

  it('needs permission for the user who has the key', () => {
    const { admin, resource } = openAccount();
    expect(resource(getAccessKeyLastUsed, { AccessKeyId: admin.accessKeyId }, role)).toBe('user admin');
  });
});
