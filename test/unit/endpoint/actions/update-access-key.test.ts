import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../../src/endpoint/caller.ts';
import { updateAccessKey } from '../../../../src/endpoint/actions/update-access-key.ts';
import { accountId, openAccount, refusal, role, root, unknownUser, unnamed } from './rehearsal.ts';

const unknownKey = (id: string) => refusal('NoSuchEntity', 404, `The Access Key with id ${id} cannot be found.`);

describe('UpdateAccessKey', () => {
  it('deactivates and activates, as often as one likes', () => {
    const { directory, admin, perform } = openAccount();
    const AccessKeyId = admin.accessKeyId;
    for (const Status of ['Inactive', 'Inactive', 'Active', 'Active'] as const) {
      perform(updateAccessKey, { AccessKeyId, Status });
      expect(directory.accessKeys.find(AccessKeyId)?.Status).toBe(Status);
    }
    perform(updateAccessKey, { UserName: 'ADMIN', AccessKeyId, Status: 'Inactive' }, role);
    expect(directory.accessKeys.find(AccessKeyId)?.Status).toBe('Inactive');
  });

  it('sets no key to Expired', () => {
    const { directory, admin, attempt } = openAccount();
    const AccessKeyId = admin.accessKeyId;
    const invalid = refusal('InvalidInput', 400, 'Operation does not support status Expired');
    expect(attempt(updateAccessKey, { AccessKeyId, Status: 'Expired' })).toThrow(invalid);
    expect(directory.accessKeys.find(AccessKeyId)?.Status).toBe('Active');
  });

  it("reaches nobody else's key, and none that is not there", () => {
    const { directory, admin, perform, attempt, addUser, addKey } = openAccount();
    const bobs = addKey(addUser('bob').UserId);
    const roots = addKey(accountId);
    const update = (UserName: string | undefined, AccessKeyId: string, caller: Caller = admin) =>
      attempt(updateAccessKey, { UserName, AccessKeyId, Status: 'Inactive' }, caller);
    expect(update(undefined, bobs)).toThrow(unknownKey(bobs));
    expect(update('admin', bobs)).toThrow(unknownKey(bobs));
    expect(update('bob', admin.accessKeyId)).toThrow(unknownKey(admin.accessKeyId));
    expect(update(undefined, roots)).toThrow(unknownKey(roots));
    expect(update(undefined, bobs, root)).toThrow(unknownKey(bobs));
    expect(update(undefined, 'AKIARZPUZDIKAAAAAAAA')).toThrow(unknownKey('AKIARZPUZDIKAAAAAAAA'));
    for (const id of [bobs, roots, admin.accessKeyId]) expect(directory.accessKeys.find(id)?.Status).toBe('Active');
    perform(updateAccessKey, { AccessKeyId: roots, Status: 'Inactive' }, root);
    expect(directory.accessKeys.find(roots)?.Status).toBe('Inactive');
  });

  it('asks a role whom it means, and refuses a user that is not there', () => {
    const { admin, attempt, resource } = openAccount();
    const input = { AccessKeyId: admin.accessKeyId, Status: 'Inactive' } as const;
    expect(attempt(updateAccessKey, input, role)).toThrow(unnamed);
    expect(() => resource(updateAccessKey, input, role)).toThrow(unnamed);
    expect(attempt(updateAccessKey, { ...input, UserName: 'bob' })).toThrow(unknownUser('bob'));
    expect(resource(updateAccessKey, { ...input, UserName: 'bob' })).toBe('user bob');
  });
});
