import type { DatabaseSync, DatabaseSyncOptions } from 'node:sqlite';

/**
 * Opens a SQLite database through `node:sqlite`.
 *
 * Node.js 22 warns once, when the module is first loaded, that it is experimental; that one warning is dropped, all
 * others pass. Source: https://nodejs.org/docs/latest-v22.x/api/sqlite.html
 *
 * @param path a file, or `:memory:`
 * @throws the SQLite error, as `node:sqlite` throws it
 */
export function openSqlite(path: string, options: DatabaseSyncOptions = {}): DatabaseSync {
  const { DatabaseSync } = loadQuietly();
  return new DatabaseSync(path, options);
}

function loadQuietly() {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back below, and called on process
  const emitWarning = process.emitWarning;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (String(warning).includes('SQLite is an experimental feature')) return;
    Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
