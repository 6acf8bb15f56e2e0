import { describe, expect, it } from 'vitest';
import { createUser } from '../../../../src/endpoint/actions/create-user.ts';
import { accountId, now, openAccount, refusal } from './rehearsal.ts';

describe('CreateUser', () => {
  it('makes a user, and says who it is', () => {
    const { directory, perform } = openAccount();
    const { User } = perform(createUser, { UserName: 'Bob' });
    expect(User).toEqual({
      Path: '/',
      UserName: 'Bob',
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/) as string,
      Arn: `arn:aws:iam::${accountId}:user/Bob`,
      CreateDate: now,
      Tags: undefined,
    });
    expect(directory.users.find(accountId, 'bob')).toMatchObject({ UserName: 'Bob' });
  });

  it('keeps path and tags', () => {
    const { directory, perform } = openAccount();
    const Tags = [{ Key: 'Team', Value: 'a' }];
    const { User } = perform(createUser, { UserName: 'bob', Path: '/a//b/', Tags });
    expect(User).toMatchObject({ Path: '/a//b/', Arn: `arn:aws:iam::${accountId}:user/a//b/bob`, Tags });
    expect(directory.tags.list(User?.UserId ?? '')).toEqual(Tags);
  });

  it('refuses a name that is taken, in any case', () => {
    const { attempt, addUser } = openAccount();
    addUser('Bob', '/team/');
    const taken = refusal('EntityAlreadyExists', 409, 'User with name BOB already exists.');
    expect(attempt(createUser, { UserName: 'BOB' })).toThrow(taken);
  });

  it.each([
    ['aws:team', 'Tag keys beginning with aws: are reserved for system use.'],
    ['AWS:Team', 'Tag keys beginning with aws: are reserved for system use.'],
    ['TEAM', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'],
  ])('makes nothing when a second tag is %s', (Key, message) => {
    const { directory, attempt } = openAccount();
    const Tags = [
      { Key: 'team', Value: '' },
      { Key, Value: '' },
    ];
    expect(attempt(createUser, { UserName: 'bob', Tags })).toThrow(refusal('InvalidInput', 400, message));
    expect(directory.users.count(accountId)).toBe(1);
  });

  it('refuses a permissions boundary, since there are no policies', () => {
    const { directory, attempt } = openAccount();
    const PermissionsBoundary = `arn:aws:iam::${accountId}:policy/limits`;
    expect(attempt(createUser, { UserName: 'bob', PermissionsBoundary })).toThrow(
      refusal('NoSuchEntity', 404, `Scope ARN: ${PermissionsBoundary} does not exist or is not attachable.`),
    );
    expect(directory.users.count(accountId)).toBe(1);
  });

  it('makes 5000 users and no more', () => {
    const { directory, perform, attempt, addUser } = openAccount();
    directory.transact(() => {
      for (let index = 2; index < 5000; index++) addUser(`user-${index}`);
    });
    perform(createUser, { UserName: 'last' });
    expect(attempt(createUser, { UserName: 'one-too-many' })).toThrow(
      refusal('LimitExceeded', 409, 'Cannot exceed quota for UsersPerAccount: 5000'),
    );
    expect(attempt(createUser, { UserName: 'last' })).toThrow('already exists');
  });

  it('needs permission for the ARN it would make', () => {
    const { resource } = openAccount();
    expect(resource(createUser, { UserName: 'bob' })).toBe(`arn:aws:iam::${accountId}:user/bob`);
    expect(resource(createUser, { UserName: 'bob', Path: '/t/' })).toBe(`arn:aws:iam::${accountId}:user/t/bob`);
  });
});
