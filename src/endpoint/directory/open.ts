import { chmodSync, closeSync, fchmodSync, openSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { KeyturnError } from '../../errors.ts';
import { makeFolder } from '../../sqlite/make-folder.ts';
import { openSqlite } from '../../sqlite/open-sqlite.ts';
import { readInteger } from './columns.ts';
import { migrate } from './migrations.ts';

/** `PRAGMA application_id` of our databases: "Keyt". */
const applicationId = 0x4b65_7974;

/** KiB: room for the upper pages of every tree of a million users, so that only the page of the row itself is read. */
export const pageCache = 24_576;

const sqliteBusy = 5;
const sqliteNotADatabase = 26;

/**
 * Opens the database of a data folder, for this process alone, at the newest schema; makes both on the first start.
 *
 * The folder is made with mode 0700 and the file with 0600, because the secrets of the endpoint's keys are in it. The
 * write-ahead log with `synchronous=NORMAL` survives the death of the process; a power cut can take the last writes.
 * Source: https://www.sqlite.org/pragma.html#pragma_synchronous
 *
 * @param folder absent: a database in memory
 * @throws KeyturnError ERR_FILE when the folder cannot be written, is in use, or holds something else or something newer
 */
export function openDatabase(folder: string | undefined): DatabaseSync {
  if (folder === undefined) return prepareDatabase(openSqlite(':memory:'));
  const file = join(folder, 'directory.sqlite');
  try {
    prepareFolder(resolve(folder));
    prepareFile(file);
    return prepareDatabase(openSqlite(file));
  } catch (error) {
    throw error instanceof KeyturnError ? error : explain(error, folder, file);
  }
}

/** A folder that was there and has something in it keeps its mode: it may not be ours alone. */
function prepareFolder(folder: string): void {
  makeFolder(folder);
  if (readdirSync(folder).length === 0) chmodSync(folder, 0o700);
}

/** SQLite gives the files it makes beside the database the database's mode. */
function prepareFile(file: string): void {
  const descriptor = openSync(file, 'a', 0o600);
  try {
    fchmodSync(descriptor, 0o600);
  } finally {
    closeSync(descriptor);
  }
}

/** Exclusive locking is the kernel's lock on the file: it holds while the process lives and dies with it. */
function prepareDatabase(database: DatabaseSync): DatabaseSync {
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    requireOursOrEmpty(database);
    // Before anything is written: with the log, making the schema waits for the disk a few times, not at every step.
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${pageCache}`);
    if (!isOurs(database)) database.exec(`PRAGMA application_id = ${applicationId}`);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function requireOursOrEmpty(database: DatabaseSync): void {
  const isUntouched = readPragma(database, 'application_id') === 0 && readPragma(database, 'schema_version') === 0;
  if (isOurs(database) || isUntouched) return;
  throw new KeyturnError('ERR_FILE', `${database.location() ?? 'the database'} is not a database of Keyturn`, {
    hint: 'choose another data folder',
  });
}

function isOurs(database: DatabaseSync): boolean {
  return readPragma(database, 'application_id') === applicationId;
}

function readPragma(database: DatabaseSync, name: string): number {
  return readInteger(database.prepare(`PRAGMA ${name}`).get() ?? {}, name);
}

function explain(cause: unknown, folder: string, file: string): KeyturnError {
  const sqliteCode = cause instanceof Error && 'errcode' in cause ? cause.errcode : undefined;
  if (sqliteCode === sqliteBusy) {
    const hint = 'stop it, or choose another data folder';
    return new KeyturnError('ERR_FILE', `the data folder ${folder} is in use by another endpoint`, { hint, cause });
  }
  if (sqliteCode === sqliteNotADatabase) {
    const hint = 'choose another data folder';
    return new KeyturnError('ERR_FILE', `${file} is not a database of Keyturn`, { hint, cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  const hint = 'choose a folder that this user may write';
  return new KeyturnError('ERR_FILE', `the data folder ${folder} cannot be used: ${reason}`, { hint, cause });
}
