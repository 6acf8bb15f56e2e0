import type { SnapshotStore } from '../fleet/index.ts';
import { filled } from '../sinks/shared-config.ts';
import type { Context } from './context.ts';
import { locateJournal } from './paths.ts';

/**
 * The store of what scans leave: in the place of the journal (`--journal`, else KEYTURN_JOURNAL, else a file in the
 * platform's state folder).
 *
 * @throws {KeyturnError} `ERR_JOURNAL`
 */
export async function openOwnSnapshots({
  options,
  env,
  now,
}: Pick<Context, 'options' | 'env' | 'now'>): Promise<SnapshotStore> {
  const { openSnapshotStore } = await import('../store/open-snapshot-store.ts');
  return openSnapshotStore(options.journal ?? filled(env.KEYTURN_JOURNAL) ?? locateJournal(env), { now });
}
