import { describe, expect, it } from 'vitest';
import { listUserTags } from '../../../../src/endpoint/actions/list-user-tags.ts';
import { accountId, invalidMarker, openAccount, unknownUser } from './rehearsal.ts';

const tag = (Key: string) => ({ Key, Value: '' });

describe('ListUserTags', () => {
  it('lists tags by key', () => {
    const { directory, admin, perform } = openAccount();
    expect(perform(listUserTags, { UserName: 'admin' })).toEqual({ Tags: [], IsTruncated: false });
    directory.tags.put(accountId, admin.userId, ['c', 'A', 'b'].map(tag));
    expect(perform(listUserTags, { UserName: 'ADMIN' })).toEqual({
      Tags: ['A', 'b', 'c'].map(tag),
      IsTruncated: false,
    });
  });

  it('gives a page at a time, though what was shown is gone', () => {
    const { directory, admin, perform } = openAccount();
    const long = '鍵'.repeat(128);
    directory.tags.put(accountId, admin.userId, ['a', 'b', long].map(tag));
    const first = perform(listUserTags, { UserName: 'admin', MaxItems: 1 });
    expect(first).toEqual({ Tags: [tag('a')], IsTruncated: true, Marker: expect.any(String) as string });
    directory.tags.remove(admin.userId, ['a']);
    const second = perform(listUserTags, { UserName: 'admin', MaxItems: 1, Marker: first.Marker });
    expect(second).toMatchObject({ Tags: [tag('b')], IsTruncated: true });
    expect(second.Marker).toMatch(/^[\w-]{1,320}$/);
    const last = perform(listUserTags, { UserName: 'admin', MaxItems: 50, Marker: second.Marker });
    expect(last).toEqual({ Tags: [tag(long)], IsTruncated: false });
  });

  it('refuses a marker of another user, and one of which nothing is left', () => {
    const { directory, admin, perform, attempt, addUser } = openAccount();
    const { UserId } = addUser('bob');
    for (const id of [admin.userId, UserId]) directory.tags.put(accountId, id, ['a', 'b'].map(tag));
    const { Marker } = perform(listUserTags, { UserName: 'admin', MaxItems: 1 });
    expect(attempt(listUserTags, { UserName: 'bob', Marker })).toThrow(invalidMarker);
    expect(attempt(listUserTags, { UserName: 'admin', Marker: 'bm9uc2Vuc2U' })).toThrow(invalidMarker);
    directory.tags.remove(admin.userId, ['a', 'b']);
    expect(attempt(listUserTags, { UserName: 'admin', Marker })).toThrow(invalidMarker);
  });

  it('refuses a user that is not there', () => {
    const { attempt, resource } = openAccount();
    expect(attempt(listUserTags, { UserName: 'bob' })).toThrow(unknownUser('bob'));
    expect(resource(listUserTags, { UserName: 'bob' })).toBe('user bob');
  });
});
