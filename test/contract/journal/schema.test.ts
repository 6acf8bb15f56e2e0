// The tables as all migrations leave them. A change of these files is a change of what stands in people's databases.
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJournal } from '../../../src/store/open-journal.ts';
import { query } from './postgres.ts';
import { stores, type Store } from './stores.ts';

const [sqlite, postgres] = stores as [Store, Store];

async function make(store: Store): Promise<string> {
  const place = await store.makePlace();
  const journal = await openJournal(place, { now: () => new Date() });
  await journal.close();
  return place;
}

describe('the schema on SQLite', () => {
  beforeAll(() => sqlite.start());
  afterAll(() => sqlite.stop());

  it('is the golden one', async () => {
    const database = new DatabaseSync(await make(sqlite));
    const rows = database.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name').all();
    database.close();
    await expect(rows.map((row) => `${String(row.sql)};\n`).join('\n')).toMatchFileSnapshot('schema.sqlite.golden.sql');
  });
});

describe.skipIf(!postgres.isThere)('the schema on PostgreSQL', () => {
  beforeAll(() => postgres.start());
  afterAll(() => postgres.stop());

  it('is the golden one', async () => {
    const place = await make(postgres);
    const columns = await query(
      place,
      `SELECT table_name || '.' || column_name || ' ' || data_type ||
         CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END AS line
       FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`,
    );
    // Newer versions list NOT NULL as a constraint too.
    const constraints = await query(
      place,
      `SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid) AS line
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY 1`,
    );
    const indexes = await query(
      place,
      "SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    );
    const dump = [columns, constraints, indexes].map((rows) => rows.map(({ line }) => `${String(line)}\n`).join(''));
    await expect(dump.join('\n')).toMatchFileSnapshot('schema.postgres.golden.txt');
  });
});
