import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listUsers } from '../../../../src/endpoint/actions/list-users.ts';
import { accountId, invalidMarker, openAccount } from './rehearsal.ts';

type Account = ReturnType<typeof openAccount>;

function listAll({ perform }: Account, sizes: readonly number[], PathPrefix?: string): string[] {
  const names: string[] = [];
  let Marker: string | undefined;
  for (let turn = 0; ; turn++) {
    const page = perform(listUsers, { MaxItems: sizes[turn % sizes.length], Marker, PathPrefix });
    names.push(...page.Users.map(({ UserName }) => UserName ?? ''));
    expect(page.IsTruncated).toBe(page.Marker !== undefined);
    if (page.Marker === undefined) return names;
    expect(page.Marker).toMatch(/^[\w-]{1,320}$/);
    Marker = page.Marker;
  }
}

describe('ListUsers', () => {
  it('lists users by name, case ignored, without tags', () => {
    const account = openAccount();
    const { UserId } = account.addUser('Bob');
    account.directory.tags.put(accountId, UserId, [{ Key: 'k', Value: 'v' }]);
    account.addUser('alice', '/team/');
    const { Users, ...more } = account.perform(listUsers, {});
    expect(more).toEqual({ IsTruncated: false, Marker: undefined });
    expect(Users.map((user) => user.UserName)).toEqual(['admin', 'alice', 'Bob']);
    expect(Users.every((user) => !('Tags' in user))).toBe(true);
  });

  it('lists those whose path begins as wanted', () => {
    const account = openAccount();
    account.addUser('a', '/team/');
    account.addUser('b', '/team/sub/');
    account.addUser('c', '/teams/');
    expect(listAll(account, [1], '/team/')).toEqual(['a', 'b']);
    expect(listAll(account, [100], '/team')).toEqual(['a', 'b', 'c']);
    expect(listAll(account, [1], '/other/')).toEqual([]);
  });

  it('gives a hundred users at a time unless told otherwise', () => {
    const { perform, addUser } = openAccount();
    for (let index = 0; index < 100; index++) addUser(`user-${index}`);
    expect(perform(listUsers, {})).toMatchObject({ IsTruncated: true, Users: { length: 100 } });
    expect(perform(listUsers, { MaxItems: 101 })).toMatchObject({ IsTruncated: false, Users: { length: 101 } });
  });

  it('shows every user once, whatever the sizes of the pages', () => {
    const account = openAccount();
    const names = Array.from({ length: 30 }, (_, index) => `User-${String(index).padStart(2, '0')}`);
    for (const name of names) account.addUser(name);
    const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sizes, (sizes) => {
        expect(listAll(account, sizes)).toEqual(['admin', ...names]);
      }),
    );
  });

  it('goes on after the last user shown, though that one is gone', () => {
    const { directory, perform, addUser } = openAccount();
    const { UserId } = addUser('bob');
    addUser('carol');
    const { Marker } = perform(listUsers, { MaxItems: 2 });
    directory.users.delete(UserId);
    expect(perform(listUsers, { Marker }).Users.map((user) => user.UserName)).toEqual(['carol']);
  });

  it('refuses a marker of another selection, and one that is none', () => {
    const { perform, attempt, addUser } = openAccount();
    addUser('a', '/team/');
    addUser('b', '/team/');
    const { Marker } = perform(listUsers, { MaxItems: 1, PathPrefix: '/team/' });
    expect(perform(listUsers, { Marker, PathPrefix: '/team/' }).Users).toHaveLength(1);
    for (const PathPrefix of [undefined, '/', '/tea']) {
      expect(attempt(listUsers, { Marker, PathPrefix })).toThrow(invalidMarker);
    }
    const whole = perform(listUsers, { MaxItems: 1 }).Marker ?? '';
    for (const Marker of ['x', 'AAAA', `${whole}!`, whole.slice(0, 8), 'é'.repeat(320)]) {
      expect(attempt(listUsers, { Marker })).toThrow(invalidMarker);
    }
  });

  it('needs permission for all users of the account', () => {
    expect(openAccount().resource(listUsers, { PathPrefix: '/team/' })).toBe(`arn:aws:iam::${accountId}:user/`);
  });
});
