import { KeyturnError } from '../errors.ts';
import type { Database } from './database.ts';
import { migrate } from './migrations.ts';
import { openSqliteDatabase } from './sqlite-database.ts';

/**
 * Opens a database at the newest schema, and makes it where it is missing.
 *
 * @param place a path, `:memory:`, or a `postgres://` URL
 * @throws KeyturnError ERR_USAGE for another kind of URL, ERR_JOURNAL when it cannot be used or is a newer Keyturn's
 */
export async function openDatabase(place: string, now: () => Date): Promise<Database> {
  const database = await connect(place, now);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function connect(place: string, now: () => Date): Promise<Database> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(place)?.[1]?.toLowerCase();
  if (scheme === 'postgres' || scheme === 'postgresql') {
    // Only those who use it load its client.
    const { openPostgresDatabase } = await import('./postgres-database.ts');
    return openPostgresDatabase(place);
  }
  if (scheme === undefined && place !== '') return openSqliteDatabase(place, now);
  const what = scheme === undefined ? 'the journal has no name' : `a journal cannot be at a ${scheme}:// URL`;
  throw new KeyturnError('ERR_USAGE', what, { hint: 'name a file, or postgres://USER@HOST/DATABASE' });
}
