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
