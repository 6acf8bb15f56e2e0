import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDirectory } from '../../../../src/endpoint/directory/directory.ts';
import { transact } from '../../../../src/endpoint/directory/transact.ts';
import { WriteGroup } from '../../../../src/endpoint/directory/write-group.ts';
import { openSqlite } from '../../../../src/sqlite/open-sqlite.ts';

let database: DatabaseSync;
let group: WriteGroup;

beforeEach(() => {
  database = openSqlite(':memory:');
  database.exec('CREATE TABLE numbers (number INTEGER UNIQUE)');
  group = new WriteGroup(database);
});

afterEach(() => {
  database.close();
});

function write(number: number): number {
  group.join();
  database.prepare('INSERT INTO numbers VALUES (?)').run(number);
  return number;
}

function readAll(): unknown[] {
  return database
    .prepare('SELECT number FROM numbers ORDER BY number')
    .all()
    .map(({ number }) => number);
}

describe('a group of writes', () => {
  it('is kept when all of it is done, and nothing is open afterwards', () => {
    const results = group.run([
      () => readAll().length,
      () => write(1),
      () => {
        expect(database.isTransaction).toBe(true);
        return write(2);
      },
    ]);
    expect(results).toEqual([0, 1, 2]);
    expect(database.isTransaction).toBe(false);
    expect(readAll()).toEqual([1, 2]);
  });

  it('opens nothing where nothing is written', () => {
    group.run([
      () => {
        expect(database.isTransaction).toBe(false);
      },
    ]);
    group.join();
    expect(database.isTransaction).toBe(false);
  });

  it('is undone as a whole when a piece throws', () => {
    expect(() => group.run([() => write(1), () => write(1)])).toThrow(/UNIQUE/);
    expect(database.isTransaction).toBe(false);
    expect(readAll()).toEqual([]);
  });

  it('lets what failed in a piece be undone alone', () => {
    const fail = () => {
      group.join();
      expect(() =>
        transact(database, () => {
          write(2);
          transact(database, () => write(3));
          throw new Error('no');
        }),
      ).toThrow('no');
    };
    group.run([() => write(1), fail, () => write(4)]);
    expect(readAll()).toEqual([1, 4]);
  });

  it('goes no further, and keeps nothing, when SQLite has rolled back by itself', () => {
    const later: number[] = [];
    const pieces = [
      () => write(1),
      () => {
        database.exec('ROLLBACK');
      },
      () => later.push(write(2)),
    ];
    expect(() => group.run(pieces)).toThrow('undone');
    expect(later).toEqual([]);
    expect(readAll()).toEqual([]);
  });
});

it('costs less of the log than writes by themselves', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-group-'));
  try {
    const directory = openDirectory({ folder, lastUsedGranularity: 0, random: randomBytes });
    const accountId = '123456789012';
    const CreateDate = new Date();
    directory.begin({ accountId, now: CreateDate });
    const measure = () => statSync(join(folder, 'directory.sqlite-wal')).size;
    const create = (UserName: string) => () => {
      directory.writeGroup.join();
      directory.users.create({ accountId, UserName, Path: '/', CreateDate });
    };
    const begun = measure();
    for (const name of ['a', 'b', 'c', 'd']) create(name)();
    const alone = measure() - begun;
    directory.writeGroup.run(['e', 'f', 'g', 'h'].map(create));
    const together = measure() - begun - alone;
    expect(directory.users.count(accountId)).toBe(9);
    expect(together).toBeLessThan(alone / 2);
    directory.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
