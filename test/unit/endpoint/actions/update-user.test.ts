import { describe, expect, it } from 'vitest';
import { updateUser } from '../../../../src/endpoint/actions/update-user.ts';
import { accountId, openAccount, refusal, unknownUser } from './rehearsal.ts';

describe('UpdateUser', () => {
  it('renames and moves a user, who stays the same one with the same keys', () => {
    const { directory, perform, addUser, addKey } = openAccount();
    const { UserId } = addUser('Bob');
    const AccessKeyId = addKey(UserId);
    perform(updateUser, { UserName: 'bob', NewUserName: 'Rob', NewPath: '/team/' });
    expect(directory.users.find(accountId, 'bob')).toBeUndefined();
    expect(directory.users.find(accountId, 'rob')).toMatchObject({
      UserId,
      UserName: 'Rob',
      Arn: `arn:aws:iam::${accountId}:user/team/Rob`,
    });
    expect(directory.accessKeys.find(AccessKeyId)?.ownerId).toBe(UserId);
  });

  it('changes one of them, or neither', () => {
    const { directory, perform, addUser } = openAccount();
    const { UserId } = addUser('bob', '/team/');
    perform(updateUser, { UserName: 'bob' });
    expect(directory.users.findById(UserId)).toMatchObject({ UserName: 'bob', Path: '/team/' });
    perform(updateUser, { UserName: 'bob', NewPath: '/' });
    expect(directory.users.findById(UserId)).toMatchObject({ UserName: 'bob', Path: '/' });
    perform(updateUser, { UserName: 'bob', NewUserName: 'BOB' });
    expect(directory.users.findById(UserId)).toMatchObject({ UserName: 'BOB', Path: '/' });
  });

  it('refuses the name of another user', () => {
    const { directory, attempt, addUser } = openAccount();
    const { UserId } = addUser('bob');
    const taken = refusal('EntityAlreadyExists', 409, 'User with name Admin already exists.');
    expect(attempt(updateUser, { UserName: 'bob', NewUserName: 'Admin', NewPath: '/t/' })).toThrow(taken);
    expect(directory.users.findById(UserId)).toMatchObject({ UserName: 'bob', Path: '/' });
  });

  it('refuses a user that is not there, before the new name', () => {
    const { attempt } = openAccount();
    expect(attempt(updateUser, { UserName: 'bob', NewUserName: 'admin' })).toThrow(unknownUser('bob'));
  });

  it('needs permission for the user as it is called now', () => {
    expect(openAccount().resource(updateUser, { UserName: 'Admin', NewUserName: 'x' })).toBe('user admin');
  });
});
