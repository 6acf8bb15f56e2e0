import type { Clock } from '../../iam/index.ts';
import type { SnapshotStore, StoredUser } from '../snapshot-store.ts';

/** Rows written together. */
const together = 200;
/** Milliseconds of listing that a process killed in the middle loses. */
const longestWait = 1000;

/** Writes users as they come, many at a time, yet none much later than it was read. */
export async function writeUsers(
  users: AsyncIterable<StoredUser>,
  { store, account, clock }: { readonly store: SnapshotStore; readonly account: string; readonly clock: Clock },
): Promise<void> {
  let waiting: StoredUser[] = [];
  let writtenAt = clock.now();
  const write = async (): Promise<void> => {
    writtenAt = clock.now();
    const rows = waiting;
    waiting = [];
    if (rows.length > 0) await store.putUsers(account, rows, writtenAt);
  };
  try {
    for await (const user of users) {
      waiting.push(user);
      if (waiting.length >= together || clock.now().getTime() - writtenAt.getTime() >= longestWait) await write();
    }
  } finally {
    // Also where the scan is interrupted: what was read need not be read again.
    await write();
  }
}
