import { describe, expect, it } from 'vitest';
import { tagUser } from '../../../../src/endpoint/actions/tag-user.ts';
import { openAccount, refusal, unknownUser } from './rehearsal.ts';

const tag = (Key: string, Value = '') => ({ Key, Value });
const manyTags = (length: number) => Array.from({ length }, (_, index) => tag(`key-${index}`));

describe('TagUser', () => {
  it('adds tags, and replaces those of the same key in any case', () => {
    const { directory, admin, perform } = openAccount();
    perform(tagUser, { UserName: 'admin', Tags: [tag('Env', 'base'), tag('b', '2')] });
    perform(tagUser, { UserName: 'Admin', Tags: [tag('env', 'lower'), tag('c')] });
    expect(directory.tags.list(admin.userId)).toEqual([tag('c'), tag('env', 'lower'), tag('b', '2')]);
  });

  it('takes an access key id for a key, as the console describes keys', () => {
    const { directory, admin, perform } = openAccount();
    perform(tagUser, { UserName: 'admin', Tags: [tag(admin.accessKeyId, 'the first key')] });
    expect(directory.tags.list(admin.userId)).toEqual([tag(admin.accessKeyId, 'the first key')]);
  });

  it.each([
    [[], 'Error occurred while validating input. '],
    [[tag('ok'), tag('aws:x')], 'Tag keys beginning with aws: are reserved for system use.'],
    [[tag('aws:x'), tag('aws:x')], 'Tag keys beginning with aws: are reserved for system use.'],
    [[tag('dup'), tag('DUP')], 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'],
  ])('refuses %j and keeps nothing of it', (Tags, message) => {
    const { directory, admin, attempt } = openAccount();
    expect(attempt(tagUser, { UserName: 'admin', Tags })).toThrow(refusal('InvalidInput', 400, message));
    expect(directory.tags.list(admin.userId)).toEqual([]);
  });

  it('keeps fifty tags and no more, all of a call or none', () => {
    const { directory, admin, perform, attempt } = openAccount();
    perform(tagUser, { UserName: 'admin', Tags: manyTags(50) });
    perform(tagUser, { UserName: 'admin', Tags: [tag('KEY-7', 'replaced')] });
    const full = refusal('LimitExceeded', 409, 'The number of tags has reached the maximum limit.');
    expect(attempt(tagUser, { UserName: 'admin', Tags: [tag('key-1', 'new'), tag('one-more')] })).toThrow(full);
    const kept = directory.tags.list(admin.userId);
    expect(kept).toHaveLength(50);
    expect(kept).toContainEqual(tag('KEY-7', 'replaced'));
    expect(kept).toContainEqual(tag('key-1'));
  });

  it('refuses a user that is not there', () => {
    const { attempt, resource } = openAccount();
    expect(attempt(tagUser, { UserName: 'bob', Tags: [tag('k')] })).toThrow(unknownUser('bob'));
    expect(resource(tagUser, { UserName: 'bob', Tags: [tag('k')] })).toBe('user bob');
  });
});
