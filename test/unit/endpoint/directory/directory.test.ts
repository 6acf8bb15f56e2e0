import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { accountIdOf } from '../../../../src/access-key-id.ts';
import { openDirectory, type Directory } from '../../../../src/endpoint/directory/directory.ts';
import type { Role, SessionHolder, User } from '../../../../src/endpoint/directory/records.ts';
import { isTokenOf } from '../../../../src/endpoint/directory/sessions.ts';
import { Secret } from '../../../../src/secret.ts';

const accountId = '123456789012';
const now = new Date('2026-11-23T10:00:00Z');
const terms = { issuedAt: now, mfa: false, policies: undefined, tags: [], SourceIdentity: undefined };

let directory: Directory;

beforeEach(() => {
  directory = openDirectory({ lastUsedGranularity: 0, random: randomBytes });
  directory.begin({ accountId, now });
});

function createUser(UserName: string, Path = '/'): User {
  return directory.users.create({ accountId, UserName, Path, CreateDate: now });
}

function createRole(RoleName: string): Role {
  const role = { accountId, RoleName, Path: '/', CreateDate: now, trustPolicy: '{}', MaxSessionDuration: 3600 };
  return directory.roles.create({ ...role, Description: undefined, boundaryArn: undefined });
}

function createKey(ownerId: string, quota = 2) {
  return directory.accessKeys.create({ accountId, ownerId, CreateDate: now, quota });
}

describe('users', () => {
  it('gives a user an id with the account inside and an ARN with its path', () => {
    const user = createUser('Ada', '/team/');
    expect(user.UserId).toMatch(/^AIDARZPUZDIK[A-P][A-Z2-7]{8}$/);
    expect(user).toMatchObject({ Arn: 'arn:aws:iam::123456789012:user/team/Ada' });
    expect(directory.users.findById(user.UserId)).toEqual(user);
  });

  it('finds names in any case, shows them as they were made, and keeps them unique', () => {
    createUser('Ada');
    expect(directory.users.find(accountId, 'aDA')?.UserName).toBe('Ada');
    expect(directory.users.find('999999999999', 'Ada')).toBeUndefined();
    expect(() => createUser('ADA')).toThrow(/UNIQUE/);
  });

  it('lists in pages by name, case ignored', () => {
    for (const name of ['zoe', 'Bob', 'adam', 'Carl']) createUser(name);
    const first = directory.users.list(accountId, { limit: 3 });
    expect(first.map((user) => user.UserName)).toEqual(['adam', 'admin', 'Bob']);
    const second = directory.users.list(accountId, { after: 'Bob', limit: 3 });
    expect(second.map((user) => user.UserName)).toEqual(['Carl', 'zoe']);
  });

  it('lists under a path prefix, by name', () => {
    createUser('c', '/team/');
    createUser('a', '/team/sub/');
    createUser('b', '/teams/');
    createUser('d', '/tea/');
    const list = (PathPrefix: string, after?: string) =>
      directory.users.list(accountId, { PathPrefix, after, limit: 10 }).map((user) => user.UserName);
    expect(list('/team/')).toEqual(['a', 'c']);
    expect(list('/team')).toEqual(['a', 'b', 'c']);
    expect(list('/team', 'a')).toEqual(['b', 'c']);
    expect(list('/team/~')).toEqual([]);
    expect(list('/')).toEqual(['a', 'admin', 'b', 'c', 'd']);
  });

  it('renames and moves a user, who keeps id, keys and tags', () => {
    const user = createUser('bob');
    createKey(user.UserId);
    directory.tags.put(accountId, user.UserId, [{ Key: 'team', Value: 'red' }]);
    directory.users.update(user.UserId, { UserName: 'Bob' });
    directory.users.update(user.UserId, { Path: '/ops/' });
    expect(directory.users.find(accountId, 'bob')).toEqual({
      ...user,
      UserName: 'Bob',
      Path: '/ops/',
      Arn: 'arn:aws:iam::123456789012:user/ops/Bob',
    });
    expect(directory.accessKeys.list(user.UserId)).toHaveLength(1);
    expect(directory.tags.list(user.UserId)).toEqual([{ Key: 'team', Value: 'red' }]);
  });

  it('counts the users of an account', () => {
    expect(directory.users.count(accountId)).toBe(1);
    const user = createUser('bob');
    expect(directory.users.count(accountId)).toBe(2);
    directory.users.delete(user.UserId);
    expect(directory.users.count(accountId)).toBe(1);
    expect(directory.users.count('999999999999')).toBe(0);
  });

  it('deletes a user with its tags and sessions', () => {
    const user = createUser('bob');
    directory.tags.put(accountId, user.UserId, [{ Key: 'team', Value: 'red' }]);
    const holder = { kind: 'user', UserId: user.UserId } as const;
    const { AccessKeyId } = directory.sessions.create({ accountId, holder, Expiration: now, terms });
    directory.users.delete(user.UserId);
    expect(directory.users.findById(user.UserId)).toBeUndefined();
    expect(directory.tags.list(user.UserId)).toEqual([]);
    expect(directory.sessions.find(AccessKeyId)).toBeUndefined();
  });
});

describe('access keys', () => {
  it('draws an id with the account inside and a secret of 40 characters', () => {
    const key = createKey(createUser('bob').UserId);
    expect(key?.AccessKeyId).toMatch(/^AKIARZPUZDIK[A-P][A-Z2-7]{7}$/);
    expect(accountIdOf(key?.AccessKeyId ?? '')).toBe(accountId);
    expect(key?.SecretAccessKey.reveal()).toMatch(/^[A-Za-z0-9/+]{40}$/);
    expect(directory.accessKeys.find(key?.AccessKeyId ?? '')).toEqual(key);
  });

  it('makes no key beyond the quota, Inactive ones counted, until one is deleted', () => {
    const { UserId } = createUser('bob');
    const first = createKey(UserId);
    directory.accessKeys.setStatus(first?.AccessKeyId ?? '', 'Inactive');
    expect(createKey(UserId)).toBeDefined();
    expect(createKey(UserId)).toBeUndefined();
    expect(directory.accessKeys.list(UserId)).toHaveLength(2);
    directory.accessKeys.delete(first?.AccessKeyId ?? '');
    expect(createKey(UserId)).toBeDefined();
  });

  it('counts the keys of the root user apart', () => {
    expect(createKey(accountId)?.ownerId).toBe(accountId);
    expect(directory.accessKeys.list(accountId)).toHaveLength(1);
  });

  it('draws again when the id is taken', () => {
    const draws = [1, 1, 2].map((byte) => new Uint8Array(64).fill(byte));
    const repeating = openDirectory({
      lastUsedGranularity: 0,
      random: (size) => (size === 5 ? (draws.shift() ?? randomBytes(5)).slice(0, 5) : randomBytes(size)),
    });
    const pair = { AccessKeyId: 'AKIDEXAMPLEEXAMPLE', SecretAccessKey: new Secret('given') };
    const { UserId } = repeating.begin({ accountId, pair, now });
    const first = repeating.accessKeys.create({ accountId, ownerId: UserId, CreateDate: now, quota: 9 });
    const second = repeating.accessKeys.create({ accountId, ownerId: UserId, CreateDate: now, quota: 9 });
    expect(second?.AccessKeyId).not.toBe(first?.AccessKeyId);
  });
});

describe('tags', () => {
  it('are the same key in any case, sorted, and kept or replaced together', () => {
    const { UserId } = createUser('bob');
    directory.tags.put(accountId, UserId, [
      { Key: 'team', Value: 'red' },
      { Key: 'Éclair', Value: '1' },
    ]);
    directory.tags.put(accountId, UserId, [
      { Key: 'TEAM', Value: 'blue' },
      { Key: 'Äpfel', Value: '' },
      { Key: 'éCLAIR', Value: '2' },
    ]);
    expect(directory.tags.list(UserId)).toEqual([
      { Key: 'TEAM', Value: 'blue' },
      { Key: 'Äpfel', Value: '' },
      { Key: 'éCLAIR', Value: '2' },
    ]);
    directory.tags.remove(UserId, ['ÄPFEL', 'unknown']);
    expect(directory.tags.list(UserId).map((tag) => tag.Key)).toEqual(['TEAM', 'éCLAIR']);
  });
});

describe('sessions', () => {
  it('know their token and nothing else of it', () => {
    const credentials = directory.sessions.create({ accountId, holder: { kind: 'root' }, Expiration: now, terms });
    const session = directory.sessions.find(credentials.AccessKeyId);
    expect(credentials.AccessKeyId).toMatch(/^ASIARZPUZDIK/);
    expect(session).toMatchObject({ accountId, Expiration: now, holder: { kind: 'root' } });
    if (session === undefined) throw new Error('the session is gone');
    expect(isTokenOf(session, credentials.SessionToken.reveal())).toBe(true);
    expect(isTokenOf(session, `${credentials.SessionToken.reveal()}x`)).toBe(false);
    expect(isTokenOf(session, '')).toBe(false);
  });

  it('remember whom they stand for', () => {
    const { RoleId } = createRole('Deployer');
    const { UserId } = createUser('bob');
    const holders: SessionHolder[] = [
      { kind: 'root' },
      { kind: 'user', UserId },
      { kind: 'role', RoleId, RoleSessionName: 'ci' },
      { kind: 'federated', UserId, Name: 'guest' },
      { kind: 'federated', UserId: undefined, Name: 'guest' },
    ];
    for (const holder of holders) {
      const { AccessKeyId } = directory.sessions.create({ accountId, holder, Expiration: now, terms });
      expect(directory.sessions.find(AccessKeyId)?.holder).toEqual(holder);
    }
  });

  it('remember what they were made with', () => {
    const full = {
      issuedAt: now,
      mfa: true,
      policies: [{ id: 'session policy', document: '{}' }],
      tags: [{ Key: 'team', Value: 'red', transitive: true }],
      SourceIdentity: 'bob',
    };
    const { AccessKeyId } = directory.sessions.create({
      accountId,
      holder: { kind: 'root' },
      Expiration: now,
      terms: full,
    });
    expect(directory.sessions.find(AccessKeyId)?.terms).toEqual(full);
  });

  it('go with their role', () => {
    const { RoleId } = createRole('Deployer');
    const holder = { kind: 'role', RoleId, RoleSessionName: 'ci' } as const;
    const { AccessKeyId } = directory.sessions.create({ accountId, holder, Expiration: now, terms });
    directory.roles.delete(RoleId);
    expect(directory.sessions.find(AccessKeyId)).toBeUndefined();
  });
});

describe('transactions', () => {
  it('keep all of their writes or none', () => {
    const work = () =>
      directory.transact(() => {
        directory.tags.put(accountId, createUser('bob').UserId, [{ Key: 'a', Value: 'b' }]);
        throw new Error('no');
      });
    expect(work).toThrow('no');
    expect(directory.users.find(accountId, 'bob')).toBeUndefined();
    expect(directory.users.count(accountId)).toBe(1);
  });
});

describe('the beginning', () => {
  it('is an administrator with one key, given or drawn', () => {
    const pair = { AccessKeyId: 'AKIDEXAMPLEEXAMPLE', SecretAccessKey: new Secret('given') };
    const given = openDirectory({ lastUsedGranularity: 0, random: randomBytes });
    const origin = given.begin({ accountId, pair, now });
    expect(origin).toMatchObject(pair);
    expect(given.users.find(accountId, 'admin')).toMatchObject({ UserId: origin.UserId });
    expect(given.attachedPolicies.list(origin.UserId)).toEqual(['arn:aws:iam::aws:policy/AdministratorAccess']);
    expect(given.accessKeys.find(pair.AccessKeyId)).toMatchObject({ ...pair, Status: 'Active' });
    expect(given.accessKeys.list(origin.UserId)).toHaveLength(1);
    expect(directory.origin()?.AccessKeyId).toMatch(/^AKIARZPUZDIK/);
  });

  it('comes back exactly with a reset', () => {
    const before = directory.origin();
    const admin = directory.users.find(accountId, 'admin');
    createKey(createUser('bob').UserId);
    createKey(accountId);
    directory.sessions.create({ accountId, holder: { kind: 'root' }, Expiration: now, terms });
    const use = { LastUsedDate: now, Region: 'us-east-1', ServiceName: 'iam' };
    directory.lastUses.record(before?.AccessKeyId ?? '', use);
    directory.accessKeys.delete(before?.AccessKeyId ?? '');
    const tryCode = () => directory.mfaTries.take('arn:aws:iam::123456789012:mfa/phone', now);
    for (let tries = 0; tries < 9; tries++) expect(tryCode()).toBe(true);
    expect(tryCode()).toBe(false);
    directory.reset();
    expect(tryCode()).toBe(true);
    expect(directory.origin()).toEqual(before);
    expect(directory.users.list(accountId, { limit: 10 })).toEqual([admin]);
    expect(directory.users.count(accountId)).toBe(1);
    expect(directory.accessKeys.list(before?.UserId ?? '')).toHaveLength(1);
    expect(directory.accessKeys.list(accountId)).toEqual([]);
    expect(directory.lastUses.find(before?.AccessKeyId ?? '')).toBeUndefined();
  });
});
