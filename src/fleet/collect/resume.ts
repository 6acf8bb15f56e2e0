/** What scans find in the store and leave there. */
import { KeyturnError } from '../../errors.ts';
import type { Clock } from '../../iam/index.ts';
import type { AccountFacts, UserFacts } from '../facts.ts';
import type { Scan, SnapshotStore } from '../snapshot-store.ts';
import { readFacts } from './facts-text.ts';
import type { ScannedAccount, ScanOptions } from './scan-types.ts';

/** Milliseconds after which an interrupted scan is begun anew rather than taken up: a report lasts four hours. */
const longestBreak = 4 * 60 * 60_000;

/** Milliseconds for which an account that is scanned no more is kept. */
const keptFor = 400 * 24 * 60 * 60_000;

/** The scan that was interrupted, or a new one. */
export function resumeScan(scope: string, { store, refresh = 'changed' }: ScanOptions, clock: Clock): Promise<Scan> {
  const startedAt = clock.now();
  const resumeFrom = new Date(startedAt.getTime() - longestBreak);
  return store.openScan({ scope, refresh, startedAt }, { resumeFrom });
}

/** Closes a scan that has come to its end, and forgets the accounts that nobody has scanned for a year. */
export async function endScan(scan: Scan, store: SnapshotStore): Promise<void> {
  await store.closeScan(scan);
  await store.forgetAccounts(new Date(scan.startedAt.getTime() - keptFor));
}

/** An account as the store has it. */
export async function readScanned(store: SnapshotStore, account: string): Promise<ScannedAccount> {
  const stored = await store.readAccount(account);
  if (stored === undefined) {
    throw new KeyturnError('ERR_JOURNAL', `${store.place} has lost account ${account}, which was just scanned`);
  }
  return { account: readFacts(stored.facts) as AccountFacts, users: () => readStoredUsers(store, account) };
}

async function* readStoredUsers(store: SnapshotStore, account: string): AsyncGenerator<UserFacts> {
  for await (const { facts } of store.listUsers(account)) yield readFacts(facts) as UserFacts;
}
