import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { openDirectory } from '../../../../src/endpoint/directory/directory.ts';
import { RecentRecords } from '../../../../src/endpoint/directory/recent-records.ts';
import { openSqlite } from '../../../../src/sqlite/open-sqlite.ts';

const accountId = '123456789012';
const now = new Date('2026-11-23T10:00:00Z');

function open() {
  const directory = openDirectory({ lastUsedGranularity: 0, random: randomBytes });
  return { directory, origin: directory.begin({ accountId, now }) };
}

it('a record read before is read again after every write to it', () => {
  const { directory, origin } = open();
  const readStatus = () => directory.accessKeys.find(origin.AccessKeyId)?.Status;
  const readName = () => directory.users.findById(origin.UserId)?.UserName;
  expect([readStatus(), readName()]).toEqual(['Active', 'admin']);
  directory.accessKeys.setStatus(origin.AccessKeyId, 'Inactive');
  directory.users.update(origin.UserId, { UserName: 'boss' });
  expect([readStatus(), readName()]).toEqual(['Inactive', 'boss']);
  directory.accessKeys.delete(origin.AccessKeyId);
  directory.users.delete(origin.UserId);
  expect([readStatus(), readName()]).toEqual([undefined, undefined]);
  directory.reset();
  expect([readStatus(), readName()]).toEqual(['Active', 'admin']);
});

it('a user is found by its name after every write to it, in any spelling', () => {
  const { directory, origin } = open();
  const find = (name: string) => directory.users.find(accountId, name)?.Path;
  expect([find('admin'), find('ADMIN'), find('boss')]).toEqual(['/', '/', undefined]);
  directory.users.update(origin.UserId, { Path: '/top/' });
  expect([find('admin'), find('ADMIN')]).toEqual(['/top/', '/top/']);
  directory.users.update(origin.UserId, { UserName: 'boss' });
  expect([find('admin'), find('ADMIN'), find('boss')]).toEqual([undefined, undefined, '/top/']);
});

it('a list read before is read again after every write to a key in it', () => {
  const { directory, origin } = open();
  const ownerId = origin.UserId;
  const list = () => directory.accessKeys.list(ownerId).map(({ Status }) => Status);
  expect(list()).toEqual(['Active']);
  const second = directory.accessKeys.create({ accountId, ownerId, CreateDate: now, quota: 2 });
  expect(list()).toEqual(['Active', 'Active']);
  directory.accessKeys.setStatus(origin.AccessKeyId, 'Inactive');
  expect(list().sort()).toEqual(['Active', 'Inactive']);
  directory.accessKeys.delete(second?.AccessKeyId ?? '');
  expect(list()).toEqual(['Inactive']);
  directory.reset();
  expect(list()).toEqual(['Active']);
});

it('a last use read before is read again after it was written', () => {
  const { directory, origin } = open();
  const { AccessKeyId } = origin;
  const use = { LastUsedDate: now, Region: 'us-east-1', ServiceName: 'iam' };
  expect(directory.lastUses.find(AccessKeyId)).toBeUndefined();
  directory.lastUses.record(AccessKeyId, use);
  directory.lastUses.flush();
  expect(directory.lastUses.find(AccessKeyId)).toEqual(use);
  directory.reset();
  expect(directory.lastUses.find(AccessKeyId)).toBeUndefined();
});

it('what a transaction undoes is not remembered', () => {
  const { directory, origin } = open();
  const undone = () =>
    directory.transact(() => {
      directory.users.update(origin.UserId, { UserName: 'boss' });
      expect(directory.users.findById(origin.UserId)?.UserName).toBe('boss');
      throw new Error('no');
    });
  expect(undone).toThrow('no');
  expect(directory.users.findById(origin.UserId)?.UserName).toBe('admin');
});

it('records are bounded, and nothing is kept of what is not there', () => {
  const records = new RecentRecords<{ id: string }>(openSqlite(':memory:'));
  let reads = 0;
  const find = (id: string) =>
    records.find(id, () => {
      reads++;
      return id === 'none' ? undefined : { id };
    });
  for (let index = 0; index <= 10_000; index++) find(String(index));
  expect(reads).toBe(10_001);
  expect(find('10000')).toBe(find('10000'));
  expect(reads).toBe(10_001);
  find('0');
  find('none');
  find('none');
  expect(reads).toBe(10_004);
});
