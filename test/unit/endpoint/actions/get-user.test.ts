import { describe, expect, it } from 'vitest';
import { getUser } from '../../../../src/endpoint/actions/get-user.ts';
import { accountId, birth, now, openAccount, openSession, role, root, unknownUser, unnamed } from './rehearsal.ts';

describe('GetUser', () => {
  it('shows a user with its tags, found in any case', () => {
    const { directory, perform, addUser } = openAccount();
    const { UserId } = addUser('Bob', '/team/');
    const described = {
      Path: '/team/',
      UserName: 'Bob',
      UserId,
      Arn: `arn:aws:iam::${accountId}:user/team/Bob`,
      CreateDate: now,
    };
    expect(perform(getUser, { UserName: 'bOB' })).toEqual({ User: { ...described, Tags: undefined } });
    directory.tags.put(accountId, UserId, [{ Key: 'k', Value: 'v' }]);
    expect(perform(getUser, { UserName: 'Bob' })).toEqual({ User: { ...described, Tags: [{ Key: 'k', Value: 'v' }] } });
  });

  it('shows the caller without a name, also by a temporary key', () => {
    const { admin, perform, resource } = openAccount();
    for (const caller of [admin, openSession(admin)]) {
      expect(perform(getUser, {}, caller)).toMatchObject({ User: { UserName: 'admin', UserId: admin.userId } });
      expect(resource(getUser, {}, caller)).toBe('user admin');
    }
  });

  it('shows the root user, which has no name, as old as the account', () => {
    const { perform, resource } = openAccount();
    expect(perform(getUser, {}, root)).toEqual({ User: { UserId: accountId, Arn: root.arn, CreateDate: birth } });
    expect(resource(getUser, {}, root)).toBe(root.arn);
  });

  it('asks a role whom it means, before any permission', () => {
    const { perform, attempt, resource } = openAccount();
    expect(attempt(getUser, {}, role)).toThrow(unnamed);
    expect(() => resource(getUser, {}, role)).toThrow(unnamed);
    expect(perform(getUser, { UserName: 'admin' }, role)).toMatchObject({ User: { UserName: 'admin' } });
  });

  it('refuses a user that is not there, as it was written', () => {
    const { attempt, resource } = openAccount();
    expect(attempt(getUser, { UserName: 'Nobody' })).toThrow(unknownUser('Nobody'));
    expect(resource(getUser, { UserName: 'Nobody' })).toBe('user Nobody');
    expect(resource(getUser, { UserName: 'ADMIN' })).toBe('user admin');
  });
});
