import { describe, expect, it } from 'vitest';
import { untagUser } from '../../../../src/endpoint/actions/untag-user.ts';
import { accountId, openAccount, unknownUser } from './rehearsal.ts';

describe('UntagUser', () => {
  it('removes the tags of these keys, in any case, and ignores the others', () => {
    const { directory, admin, perform } = openAccount();
    directory.tags.put(accountId, admin.userId, [
      { Key: 'a', Value: '1' },
      { Key: 'B', Value: '2' },
      { Key: 'c', Value: '3' },
    ]);
    perform(untagUser, { UserName: 'admin', TagKeys: ['A', 'b', 'nothing'] });
    expect(directory.tags.list(admin.userId)).toEqual([{ Key: 'c', Value: '3' }]);
  });

  it('takes an empty list, and refuses a user that is not there', () => {
    const { attempt, perform, resource } = openAccount();
    perform(untagUser, { UserName: 'admin', TagKeys: [] });
    expect(attempt(untagUser, { UserName: 'bob', TagKeys: ['a'] })).toThrow(unknownUser('bob'));
    expect(resource(untagUser, { UserName: 'ADMIN', TagKeys: ['a'] })).toBe('user admin');
  });
});
