import { closeSync, fchmodSync, fstatSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { Kysely } from 'kysely';
import { makeFolder } from '../sqlite/make-folder.ts';
import { openSqlite } from '../sqlite/open-sqlite.ts';
import { transact, type Database } from './database.ts';
import { NodeSqliteDialect } from './sqlite-dialect.ts';
import { explainSqliteError, isBusy, refuseForeign } from './sqlite-errors.ts';
import type { Tables } from './tables.ts';

/** `PRAGMA application_id` of a journal: "KeyJ". */
const applicationId = 0x4b65_794a;

/** How long a process waits for others, asking again after each of these pauses: about ten seconds, in milliseconds. */
const pauses = [1, 2, 5, 10, 20, ...Array.from({ length: 200 }, () => 50)];

/**
 * Opens a file that processes of this machine share, or `:memory:`.
 *
 * The write-ahead log with `synchronous=FULL`: what was answered is on the disk, a power cut takes nothing back. Source:
 * https://www.sqlite.org/pragma.html#pragma_synchronous
 *
 * @throws KeyturnError ERR_JOURNAL
 */
export async function openSqliteDatabase(path: string, now: () => Date): Promise<Database> {
  const place = path === ':memory:' ? path : resolve(path);
  const attempt = <T>(work: () => Promise<T>) => explained(place, work);
  const connection = await attempt(() => connect(place));
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(connection) });
  return {
    place,
    bytesCollation: 'BINARY',
    read: (work) => attempt(() => work(db)),
    write: (work) => attempt(() => transact(db, work)),
    readTime: () => Promise.resolve(now().getTime()),
    hasTable: async (db, name) => {
      const table = sqliteTables(db).where('name', '=', name).where('type', '=', 'table').select('name');
      return (await table.executeTakeFirst()) !== undefined;
    },
    // A transaction has the whole file to itself.
    lockSchema: () => Promise.resolve(),
    close: async () => {
      await db.destroy();
      if (connection.isOpen) connection.close();
    },
  };
}

function sqliteTables(db: Kysely<Tables>) {
  return (db as unknown as Kysely<{ sqlite_schema: { name: string; type: string } }>).selectFrom('sqlite_schema');
}

/**
 * Asks again while another has the file: SQLite's own way of waiting would stop this process, whose other half may be the
 * one that is waited for.
 */
async function explained<T>(place: string, work: () => Promise<T>): Promise<T> {
  for (const pause of [...pauses, undefined]) {
    try {
      return await work();
    } catch (error) {
      if (pause === undefined || !isBusy(error)) throw explainSqliteError(error, place);
      await delay(pause);
    }
  }
  throw new TypeError('no pauses');
}

async function connect(place: string): Promise<DatabaseSync> {
  if (place !== ':memory:') prepareFile(place);
  const connection = openSqlite(place, { timeout: 0 });
  try {
    prepareConnection(connection, place);
  } catch (error) {
    connection.close();
    throw error;
  }
  return Promise.resolve(connection);
}

/** A file with something in it keeps its mode. SQLite gives the files that it makes beside it the same one. */
function prepareFile(file: string): void {
  makeFolder(dirname(file));
  const descriptor = openSync(file, 'a', 0o600);
  try {
    if (fstatSync(descriptor).size === 0) fchmodSync(descriptor, 0o600);
  } finally {
    closeSync(descriptor);
  }
}

/** Nothing is changed in a file that is not ours. */
function prepareConnection(connection: DatabaseSync, place: string): void {
  const isOurs = readPragma(connection, 'application_id') === applicationId;
  const isUntouched = readPragma(connection, 'application_id') === 0 && readPragma(connection, 'schema_version') === 0;
  if (!isOurs && !isUntouched) throw refuseForeign(place);
  connection.exec('PRAGMA synchronous = FULL');
  if (!isOurs) connection.exec(`PRAGMA journal_mode = WAL; PRAGMA application_id = ${applicationId}`);
}

function readPragma(connection: DatabaseSync, name: string): number {
  return Number(connection.prepare(`PRAGMA ${name}`).get()?.[name]);
}
