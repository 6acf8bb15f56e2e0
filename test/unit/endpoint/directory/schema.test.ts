import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { Directory } from '../../../../src/endpoint/directory/directory.ts';
import { migrate } from '../../../../src/endpoint/directory/migrations.ts';
import { openSqlite } from '../../../../src/sqlite/open-sqlite.ts';

function openMigrated(): DatabaseSync {
  const database = openSqlite(':memory:');
  migrate(database);
  return database;
}

describe('the schema', () => {
  it('is the golden one after all migrations', async () => {
    const rows = openMigrated().prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name').all();
    const dump = rows.map((row) => `${String(row.sql)};\n`).join('\n');
    await expect(dump).toMatchFileSnapshot('schema.golden.sql');
  });

  it('keeps the users of an older one, and what hangs on them', () => {
    const database = openSqlite(':memory:');
    migrate(database, 6);
    database.exec(`
      INSERT INTO accounts (account_id) VALUES ('111111111111');
      INSERT INTO users (user_id, account_id, user_name, path, created_at, boundary_arn)
        VALUES ('AIDABOB', '111111111111', 'Bob', '/people/', 1, 'arn:aws:iam::aws:policy/ReadOnlyAccess');
      INSERT INTO groups VALUES ('AGPA', '111111111111', 'staff', '/', 1);
      INSERT INTO group_members VALUES ('AGPA', 'AIDABOB', '111111111111');
      INSERT INTO tags VALUES ('AIDABOB', 'team', 'team', 'red', '111111111111');
      INSERT INTO login_profiles VALUES ('AIDABOB', '111111111111', 1, 1, 0);
    `);
    migrate(database);
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    const directory = new Directory(database, { lastUsedGranularity: 0, random: randomBytes });
    expect(directory.users.find('111111111111', 'bob')).toMatchObject({
      UserId: 'AIDABOB',
      Arn: 'arn:aws:iam::111111111111:user/people/Bob',
      boundaryArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    });
    expect(directory.users.count('111111111111')).toBe(1);
    expect(directory.groups.listOf('AIDABOB')).toHaveLength(1);
    directory.users.delete('AIDABOB');
    expect(directory.users.count('111111111111')).toBe(0);
    for (const table of ['group_members', 'tags', 'login_profiles']) {
      expect(database.prepare(`SELECT * FROM ${table}`).all(), table).toEqual([]);
    }
  });

  it('lets no statement walk a whole table', () => {
    const database = openMigrated();
    const statements: string[] = [];
    const recording = new Proxy(database, {
      get(target, property) {
        if (property !== 'prepare') return Reflect.get(target, property, target) as unknown;
        return (sql: string) => {
          statements.push(sql);
          return target.prepare(sql);
        };
      },
    });
    new Directory(recording, { lastUsedGranularity: 0, random: randomBytes });
    expect(statements.length).toBeGreaterThan(15);
    for (const sql of statements) {
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      const scans = plan.filter((step) => /^SCAN (?!CONSTANT ROW)/.test(String(step.detail)));
      expect(scans, sql).toEqual([]);
    }
  });
});
