import { describe, expect, it } from 'vitest';
import { listAccessKeys } from '../../../../src/endpoint/actions/list-access-keys.ts';
import {
  accountId,
  birth,
  invalidMarker,
  now,
  openAccount,
  openSession,
  role,
  root,
  unknownUser,
  unnamed,
} from './rehearsal.ts';

describe('ListAccessKeys', () => {
  it('lists the keys of a user, oldest first, under the name it has now', () => {
    const { directory, perform, addUser, addKey } = openAccount();
    const { UserId } = addUser('Bob');
    expect(perform(listAccessKeys, { UserName: 'bob' })).toEqual({ AccessKeyMetadata: [], IsTruncated: false });
    const newer = addKey(UserId);
    const older = addKey(UserId, birth);
    directory.accessKeys.setStatus(older, 'Inactive');
    directory.users.update(UserId, { UserName: 'Rob' });
    expect(perform(listAccessKeys, { UserName: 'ROB' })).toEqual({
      AccessKeyMetadata: [
        { UserName: 'Rob', AccessKeyId: older, Status: 'Inactive', CreateDate: birth },
        { UserName: 'Rob', AccessKeyId: newer, Status: 'Active', CreateDate: now },
      ],
      IsTruncated: false,
    });
  });

  it('lists the keys of the caller without a name', () => {
    const { admin, perform, addKey } = openAccount();
    const AccessKeyId = addKey(accountId);
    expect(perform(listAccessKeys, {}).AccessKeyMetadata).toMatchObject([
      { UserName: 'admin', AccessKeyId: admin.accessKeyId },
    ]);
    expect(perform(listAccessKeys, {}, root).AccessKeyMetadata).toEqual([
      { UserName: undefined, AccessKeyId, Status: 'Active', CreateDate: now },
    ]);
  });

  it('gives a page at a time, though what was shown is gone', () => {
    const { directory, admin, perform, attempt, addKey } = openAccount();
    const second = addKey(admin.userId);
    const page = perform(listAccessKeys, { MaxItems: 1 });
    expect(page).toMatchObject({ AccessKeyMetadata: [{ AccessKeyId: admin.accessKeyId }], IsTruncated: true });
    directory.accessKeys.delete(admin.accessKeyId);
    const { Marker } = page;
    expect(perform(listAccessKeys, { UserName: 'ADMIN', Marker })).toMatchObject({
      AccessKeyMetadata: [{ AccessKeyId: second }],
      IsTruncated: false,
    });
    expect(attempt(listAccessKeys, { Marker }, root)).toThrow(invalidMarker);
  });

  it('asks a caller with a temporary key whom it means', () => {
    const { admin, perform, attempt, resource } = openAccount();
    for (const caller of [role, openSession(admin)]) {
      expect(attempt(listAccessKeys, {}, caller)).toThrow(unnamed);
      expect(() => resource(listAccessKeys, {}, caller)).toThrow(unnamed);
      expect(perform(listAccessKeys, { UserName: 'admin' }, caller).AccessKeyMetadata).toHaveLength(1);
    }
  });

  it('refuses a user that is not there', () => {
    const { attempt, resource } = openAccount();
    expect(attempt(listAccessKeys, { UserName: 'bob' })).toThrow(unknownUser('bob'));
    expect(resource(listAccessKeys, { UserName: 'bob' })).toBe('user bob');
    expect(resource(listAccessKeys, {}, root)).toBe(root.arn);
  });
});
