/** What a scan is asked for and what it gives. */
import type { AccountFacts, ScanCost, UserFacts } from '../facts.ts';
import type { Refresh, SnapshotStore } from '../snapshot-store.ts';

export interface ScanOptions {
  /** Where facts are kept for the next scan, and for this one when it is interrupted. */
  readonly store: SnapshotStore;
  /** `changed` when absent. */
  readonly refresh?: Refresh | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told often; it must be quick. */
  readonly onProgress?: ((progress: ScanProgress) => void) | undefined;
}

export interface ScanProgress {
  /** Finished, or found unreadable. */
  readonly accounts: number;
  /** Absent until the accounts were listed. */
  readonly accountsInAll?: number;
  readonly users: number;
  /** Of the accounts whose report was read so far. */
  readonly usersInAll: number;
  /** Requests sent, and those of them that were answered Throttling. */
  readonly calls: number;
  readonly throttled: number;
}

/** One account as it was scanned. */
export interface ScannedAccount {
  readonly account: AccountFacts;
  /** Root first, then the users in the order of the report. Read from the store; it may be gone through more than once. */
  readonly users: () => AsyncIterable<UserFacts>;
}

export interface FleetOptions extends ScanOptions {
  /** The accounts to scan; those of the caller's organization when absent. */
  readonly accounts?: readonly AccountTarget[] | undefined;
  /** The role to assume in every account but the caller's own, with its path; OrganizationAccountAccessRole when absent. */
  readonly roleName?: string | undefined;
  /** How many accounts are scanned at a time, 8 when absent. */
  readonly concurrency?: number | undefined;
}

export interface AccountTarget {
  readonly Account: string;
  readonly Name?: string | undefined;
}

/** A scan under way. Going through it a second time is a mistake; leaving it early stops it. */
export interface FleetScan extends AsyncIterable<ScannedAccount> {
  /** What it cost so far, in this run. */
  cost(): ScanCost;
}
