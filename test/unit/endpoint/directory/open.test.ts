import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDirectory } from '../../../../src/endpoint/directory/directory.ts';
import { openSqlite } from '../../../../src/sqlite/open-sqlite.ts';

const accountId = '123456789012';
const now = new Date('2026-11-23T10:00:00Z');

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'keyturn-directory-'));
  folder = join(parent, 'a', 'b');
});

afterEach(() => {
  rmSync(parent, { recursive: true });
});

function open() {
  return openDirectory({ folder, lastUsedGranularity: 0, random: randomBytes });
}

function readMode(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

describe('a data folder', () => {
  it('is made for its owner alone, with every file in it', () => {
    const directory = open();
    directory.begin({ accountId, now });
    expect(readMode(folder)).toBe('700');
    const files = readdirSync(folder);
    expect(files).toEqual(['directory.sqlite', 'directory.sqlite-wal']);
    expect(files.map((file) => readMode(join(folder, file)))).toEqual(['600', '600']);
    directory.close();
  });

  it('is closed to others when it was there and empty, and left alone when it was not', () => {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    open().close();
    expect(readMode(folder)).toBe('700');
    folder = join(parent, 'c');
    mkdirSync(folder, { mode: 0o755 });
    writeFileSync(join(folder, 'notes.txt'), '');
    open().close();
    expect(readMode(folder)).toBe('755');
  });

  it('keeps everything from one opening to the next', () => {
    const first = open();
    const origin = first.begin({ accountId, now });
    const user = first.users.create({ accountId, UserName: 'bob', Path: '/', CreateDate: now });
    const key = first.accessKeys.create({ accountId, ownerId: user.UserId, CreateDate: now, quota: 2 });
    const use = { LastUsedDate: now, Region: 'eu-west-1', ServiceName: 'sts' };
    first.lastUses.record(origin.AccessKeyId, use);
    first.close();
    const second = open();
    expect(second.origin()).toEqual(origin);
    expect(second.users.find(accountId, 'bob')).toEqual(user);
    expect(second.accessKeys.list(user.UserId).map(({ AccessKeyId }) => second.accessKeys.find(AccessKeyId))).toEqual([
      key,
    ]);
    expect(second.lastUses.find(origin.AccessKeyId)).toEqual(use);
    second.close();
  });

  it('serves one endpoint at a time', () => {
    const first = open();
    expect(open).toThrow(
      expect.objectContaining({ code: 'ERR_FILE', message: `the data folder ${folder} is in use by another endpoint` }),
    );
    first.close();
    open().close();
    const third = open();
    expect(open).toThrow(/in use/);
    third.close();
  });

  it('written by a newer Keyturn is refused and left as it is', () => {
    open().close();
    const file = join(folder, 'directory.sqlite');
    const database = openSqlite(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(open).toThrow(
      expect.objectContaining({
        code: 'ERR_FILE',
        message: expect.stringMatching(/newer Keyturn \(schema 99;/) as string,
      }),
    );
    const again = openSqlite(file);
    expect(again.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
    again.close();
  });

  it('with something else in it is refused', () => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'directory.sqlite');
    writeFileSync(file, 'this is a text, and rather longer than a header would be');
    expect(open).toThrow(
      expect.objectContaining({ code: 'ERR_FILE', message: `${file} is not a database of Keyturn` }),
    );
    rmSync(file);
    const database = openSqlite(file);
    database.exec('CREATE TABLE other (a)');
    database.close();
    expect(open).toThrow(`${file} is not a database of Keyturn`);
  });

  it('that cannot be written is refused', () => {
    writeFileSync(join(parent, 'a'), '');
    expect(open).toThrow(
      expect.objectContaining({ code: 'ERR_FILE', message: expect.stringContaining('cannot be used') as string }),
    );
    folder = '/proc/keyturn';
    expect(open).toThrow(/cannot be used/);
  });
});
