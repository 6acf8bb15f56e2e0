// The databases that every suite of the journal runs on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { hasPostgres, query, startPostgres, type Postgres } from './postgres.ts';

export interface Store {
  readonly name: string;
  readonly isThere: boolean;
  /** Before the first test. */
  start(): Promise<void>;
  /** A place where nothing is yet. */
  makePlace(): Promise<string>;
  /** What someone with other tools does to it; values as $1, $2. */
  change(place: string, statement: string, values?: (string | number)[]): Promise<void>;
  stop(): Promise<void>;
}

export const stores: readonly Store[] = [makeSqliteStore(), makePostgresStore()];

function makeSqliteStore(): Store {
  let folder = '';
  let count = 0;
  return {
    name: 'SQLite',
    isThere: true,
    start: () => {
      folder = mkdtempSync(join(tmpdir(), 'keyturn-journal-'));
      return Promise.resolve();
    },
    makePlace: () => Promise.resolve(join(folder, `${++count}.sqlite`)),
    change: (place, statement, values = []) => {
      const database = new DatabaseSync(place);
      database.prepare(statement.replace(/\$\d/g, '?')).run(...(values as SQLInputValue[]));
      database.close();
      return Promise.resolve();
    },
    stop: () => {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  };
}

function makePostgresStore(): Store {
  let postgres: Postgres | undefined;
  return {
    name: 'PostgreSQL',
    isThere: hasPostgres,
    start: async () => {
      postgres = await startPostgres();
    },
    makePlace: async () => {
      if (postgres === undefined) throw new Error('PostgreSQL has not been started');
      return postgres.createDatabase();
    },
    change: async (place, statement, values) => {
      await query(place, statement, values);
    },
    stop: async () => postgres?.stop(),
  };
}
