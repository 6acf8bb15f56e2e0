import { describe, expect, it } from 'vitest';
import { deleteAccessKey } from '../../../../src/endpoint/actions/delete-access-key.ts';
import { accountId, openAccount, refusal, role, root, unnamed } from './rehearsal.ts';

const unknownKey = (id: string) => refusal('NoSuchEntity', 404, `The Access Key with id ${id} cannot be found.`);

describe('DeleteAccessKey', () => {
  it('deletes a key, Active or not, once', () => {
    const { directory, perform, attempt, addUser, addKey } = openAccount();
    const { UserId } = addUser('bob');
    const AccessKeyId = addKey(UserId);
    perform(deleteAccessKey, { UserName: 'BOB', AccessKeyId });
    expect(directory.accessKeys.find(AccessKeyId)).toBeUndefined();
    expect(attempt(deleteAccessKey, { UserName: 'bob', AccessKeyId })).toThrow(unknownKey(AccessKeyId));
  });

  it('deletes the very key that signed', () => {
    const { directory, admin, perform } = openAccount();
    perform(deleteAccessKey, { AccessKeyId: admin.accessKeyId });
    expect(directory.accessKeys.list(admin.userId)).toEqual([]);
  });

  it("reaches nobody else's key", () => {
    const { directory, admin, perform, attempt, addKey } = openAccount();
    const roots = addKey(accountId);
    expect(attempt(deleteAccessKey, { AccessKeyId: roots })).toThrow(unknownKey(roots));
    expect(attempt(deleteAccessKey, { AccessKeyId: admin.accessKeyId }, root)).toThrow(unknownKey(admin.accessKeyId));
    perform(deleteAccessKey, { AccessKeyId: roots }, root);
    expect(directory.accessKeys.find(roots)).toBeUndefined();
  });

  it('asks a role whom it means', () => {
    const { admin, attempt, resource } = openAccount();
    expect(attempt(deleteAccessKey, { AccessKeyId: admin.accessKeyId }, role)).toThrow(unnamed);
    expect(resource(deleteAccessKey, { UserName: 'admin', AccessKeyId: admin.accessKeyId }, role)).toBe('user admin');
  });
});
