/** Rows of snapshots: to values and back, and page by page. */
import type { Kysely } from 'kysely';
import type { SpooledPiece, StoredUser } from '../fleet/snapshot-store.ts';
import { pageSize } from './pages.ts';
import type { SpoolRow, Tables, UserRow } from './tables.ts';

export function readPiece({ kind, name_key, id, facts }: SpoolRow): SpooledPiece {
  return { kind: kind as SpooledPiece['kind'], nameKey: name_key, id, facts };
}

export function writeUser(account: string, { nameKey, position, keyColumns, facts }: StoredUser, at: Date): UserRow {
  return { account, name_key: nameKey, position, key_columns: keyColumns ?? null, facts, put_at: at.getTime() };
}

export function readUser({ name_key, position, key_columns, facts }: UserRow): StoredUser {
  return { nameKey: name_key, position, ...(key_columns === null ? {} : { keyColumns: key_columns }), facts };
}

/** The last of those that go by one key: PostgreSQL replaces no row twice in one statement. */
export function keepLast<T>(values: readonly T[], keyOf: (value: T) => string): readonly T[] {
  return [...new Map(values.map((value) => [keyOf(value), value])).values()];
}

export function selectSpoolPage(db: Kysely<Tables>, account: string, kind: string, last: SpoolRow | undefined) {
  return db
    .selectFrom('keyturn_spool')
    .selectAll()
    .where('account', '=', account)
    .where('kind', '=', kind)
    .$if(last !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple('name_key', 'id'), '>', eb.tuple(last?.name_key ?? '', last?.id ?? ''))),
    )
    .orderBy('name_key')
    .orderBy('id')
    .limit(pageSize);
}

export function selectUserPage(db: Kysely<Tables>, account: string, last: UserRow | undefined) {
  return db
    .selectFrom('keyturn_users')
    .selectAll()
    .where('account', '=', account)
    .$if(last !== undefined, (query) =>
      query.where((eb) =>
        eb(eb.refTuple('position', 'name_key'), '>', eb.tuple(last?.position ?? 0, last?.name_key ?? '')),
      ),
    )
    .orderBy('position')
    .orderBy('name_key')
    .limit(pageSize);
}
