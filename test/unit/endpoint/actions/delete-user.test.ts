import { describe, expect, it } from 'vitest';
import { deleteUser } from '../../../../src/endpoint/actions/delete-user.ts';
import { accountId, openAccount, refusal, unknownUser } from './rehearsal.ts';

describe('DeleteUser', () => {
  it('deletes a user, once', () => {
    const { directory, perform, attempt, addUser } = openAccount();
    const { UserId } = addUser('Bob');
    directory.tags.put(accountId, UserId, [{ Key: 'k', Value: 'v' }]);
    perform(deleteUser, { UserName: 'bob' });
    expect(directory.users.find(accountId, 'Bob')).toBeUndefined();
    expect(attempt(deleteUser, { UserName: 'bob' })).toThrow(unknownUser('bob'));
  });

  it('refuses while the user has keys, Inactive ones too', () => {
    const { directory, perform, attempt, addUser, addKey } = openAccount();
    const { UserId } = addUser('bob');
    const AccessKeyId = addKey(UserId);
    directory.accessKeys.setStatus(AccessKeyId, 'Inactive');
    const conflict = refusal('DeleteConflict', 409, 'Cannot delete entity, must delete access keys first.');
    expect(attempt(deleteUser, { UserName: 'bob' })).toThrow(conflict);
    directory.accessKeys.delete(AccessKeyId);
    perform(deleteUser, { UserName: 'bob' });
    expect(directory.users.findById(UserId)).toBeUndefined();
  });

  it('needs permission for the user', () => {
    expect(openAccount().resource(deleteUser, { UserName: 'ADMIN' })).toBe('user admin');
  });
});
