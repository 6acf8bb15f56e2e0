/**
 * Things that wait on disk until all are there, and come out in order: an audit of a large fleet has more findings than fit
 * into memory. It is a private temporary database of SQLite, which is gone with the process.
 *
 * Source: https://www.sqlite.org/inmemorydb.html ("Temporary databases")
 */
import type { DatabaseSync } from 'node:sqlite';

export interface Spool {
  /** @param rank the highest comes out first, and of equals the one that came in first */
  add(rank: number, text: string): void;
  read(): Iterable<string>;
  close(): void;
}

/** @param open opens a database; the name '' makes it a temporary one */
export function createSpool(open: (name: string) => DatabaseSync): Spool {
  const database = open('');
  database.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -8192;
    CREATE TABLE spool (rank INTEGER NOT NULL, place INTEGER PRIMARY KEY, text TEXT NOT NULL);
  `);
  database.exec('BEGIN');
  const insert = database.prepare('INSERT INTO spool (rank, text) VALUES (?, ?)');
  const select = database.prepare('SELECT text FROM spool ORDER BY rank DESC, place');
  return {
    add(rank, text) {
      insert.run(rank, text);
    },
    *read() {
      for (const row of select.iterate()) yield String(row.text);
    },
    close() {
      database.close();
    },
  };
}
