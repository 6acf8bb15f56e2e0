import { describe, expect, it } from 'vitest';
import { createAccessKey } from '../../../../src/endpoint/actions/create-access-key.ts';
import { listServiceSpecificCredentials } from '../../../../src/endpoint/actions/list-service-specific-credentials.ts';
import { Secret } from '../../../../src/secret.ts';
import { accountId, now, openAccount, openSession, refusal, role, root, unknownUser, unnamed } from './rehearsal.ts';

const full = refusal('LimitExceeded', 409, 'Cannot exceed quota for AccessKeysPerUser: 2');

describe('CreateAccessKey', () => {
  it('makes an Active key of the named user, and shows its secret this once', () => {
    const { directory, perform, addUser } = openAccount();
    const { UserId } = addUser('Bob');
    const { AccessKey } = perform(createAccessKey, { UserName: 'BOB' });
    expect(AccessKey).toEqual({
      UserName: 'Bob',
      AccessKeyId: expect.stringMatching(/^AKIARZPUZDIK[A-P][A-Z2-7]{7}$/) as string,
      Status: 'Active',
      SecretAccessKey: expect.any(Secret) as Secret,
      CreateDate: now,
    });
    expect(AccessKey.SecretAccessKey.reveal()).toMatch(/^[A-Za-z0-9/+]{40}$/);
    expect(directory.accessKeys.list(UserId)).toHaveLength(1);
  });

  it('makes two keys and no third, whatever their status', () => {
    const { directory, admin, perform, attempt } = openAccount();
    const { AccessKey } = perform(createAccessKey, {});
    directory.accessKeys.setStatus(AccessKey.AccessKeyId, 'Inactive');
    expect(attempt(createAccessKey, { UserName: 'admin' })).toThrow(full);
    expect(directory.accessKeys.list(admin.userId)).toHaveLength(2);
  });

  it('makes keys of the root user for the root user', () => {
    const { directory, perform, attempt, resource } = openAccount();
    const { AccessKey } = perform(createAccessKey, {}, root);
    expect(AccessKey.UserName).toBeUndefined();
    expect(directory.accessKeys.list(accountId).map((key) => key.AccessKeyId)).toEqual([AccessKey.AccessKeyId]);
    perform(createAccessKey, {}, root);
    expect(attempt(createAccessKey, {}, root)).toThrow(full);
    expect(resource(createAccessKey, {}, root)).toBe(root.arn);
  });

  it('asks a caller with a temporary key whom it means, before any permission', () => {
    const { admin, perform, attempt, resource } = openAccount();
    for (const caller of [role, openSession(admin)]) {
      expect(attempt(createAccessKey, {}, caller)).toThrow(unnamed);
      expect(() => resource(createAccessKey, {}, caller)).toThrow(unnamed);
      expect(resource(createAccessKey, { UserName: 'Admin' }, caller)).toBe('user admin');
    }
    expect(perform(createAccessKey, { UserName: 'admin' }, role).AccessKey.UserName).toBe('admin');
  });

  it('refuses a user that is not there', () => {
    const { attempt, resource } = openAccount();
    expect(attempt(createAccessKey, { UserName: 'bob' })).toThrow(unknownUser('bob'));
    expect(resource(createAccessKey, { UserName: 'bob' })).toBe('user bob');
    expect(resource(createAccessKey, {})).toBe('user nulladmin');
    expect(resource(listServiceSpecificCredentials, {})).toBe('user admin');
  });
});
