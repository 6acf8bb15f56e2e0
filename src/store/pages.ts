import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** How many rows a list has in memory. */
export const pageSize = 500;

/** All rows of a list, each page from behind the last row of the one before it: what a list needs does not grow. */
export async function* readPages<Row>(
  database: Database,
  selectPage: (db: Kysely<Tables>, last: Row | undefined) => { execute(): Promise<Row[]> },
): AsyncGenerator<Row> {
  let last: Row | undefined;
  for (;;) {
    const behind = last;
    const page = await database.read((db) => selectPage(db, behind).execute());
    yield* page;
    if (page.length < pageSize) return;
    last = page.at(-1);
  }
}
