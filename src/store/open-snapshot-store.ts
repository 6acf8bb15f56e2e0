import type { SnapshotStore } from '../fleet/snapshot-store.ts';
import { openDatabase } from './open-database.ts';
import { SqlSnapshotStore } from './sql-snapshot-store.ts';

/**
 * Opens the store of snapshots, and makes it where it is missing. It may stand in the same place as a journal.
 *
 * @param place a path, `:memory:`, or a `postgres://` URL
 * @throws KeyturnError ERR_USAGE, ERR_JOURNAL
 */
export async function openSnapshotStore(place: string, { now }: { readonly now: () => Date }): Promise<SnapshotStore> {
  return new SqlSnapshotStore(await openDatabase(place, now));
}
