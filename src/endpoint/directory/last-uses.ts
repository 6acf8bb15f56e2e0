import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readDate, readText, type Row } from './columns.ts';
import { RecentRecords } from './recent-records.ts';
import type { LastUse } from './records.ts';
import { transact } from './transact.ts';

/**
 * When and where each access key was last used.
 *
 * A use is a write for every request, so uses wait in memory, where reads see them, until {@link LastUses.flush} writes
 * them together. What waits when the process is killed is lost (docs/endpoint.md, "What is kept, and what a crash loses").
 */
export class LastUses {
  readonly #database: DatabaseSync;
  readonly #granularity: number;
  readonly #find: StatementSync;
  readonly #write: StatementSync;
  readonly #waiting = new Map<string, LastUse>();
  /** What the table says; null for a key that was never used. */
  readonly #recent: RecentRecords<LastUse | null>;

  /**
   * @param granularity milliseconds. A recorded use hides those that follow it within that time: AWS's span is 15
   * minutes. 0 records every use.
   * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
   */
  constructor(database: DatabaseSync, granularity: number) {
    this.#database = database;
    this.#granularity = granularity;
    this.#recent = new RecentRecords(database);
    this.#find = database.prepare(
      'SELECT last_used_at, last_used_region, last_used_service FROM access_keys WHERE access_key_id = ?',
    );
    this.#write = database.prepare(
      'UPDATE access_keys SET last_used_at = ?, last_used_region = ?, last_used_service = ? WHERE access_key_id = ?',
    );
  }

  /** Notes a use, unless one within the granularity before it is on record. */
  record(AccessKeyId: string, use: LastUse): void {
    if (this.#granularity === 0 || this.#startsWindow(AccessKeyId, use)) this.#waiting.set(AccessKeyId, use);
  }

  /** The most recent use on record; undefined for a key that was never used, or does not exist. */
  find(AccessKeyId: string): LastUse | undefined {
    const waiting = this.#waiting.get(AccessKeyId);
    if (waiting !== undefined) return waiting;
    return this.#recent.find(AccessKeyId, () => readLastUse(this.#find.get(AccessKeyId))) ?? undefined;
  }

  /** To be told of a row of a key that was read for something else, so that it need not be read again. */
  learn(AccessKeyId: string, row: Row): void {
    this.#recent.keep(AccessKeyId, readLastUse(row));
  }

  /** Writes the uses that wait in memory; when that fails they go on waiting. */
  flush(): void {
    if (this.#waiting.size === 0) return;
    transact(this.#database, () => {
      for (const [AccessKeyId, use] of this.#waiting) {
        this.#write.run(use.LastUsedDate.getTime(), use.Region, use.ServiceName, AccessKeyId);
      }
    });
    for (const AccessKeyId of this.#waiting.keys()) this.#recent.forget(AccessKeyId);
    this.#waiting.clear();
  }

  /** Drops the uses that wait and what was read, for a directory that is emptied. */
  forget(): void {
    this.#waiting.clear();
    this.#recent.clear();
  }

  /** A use before the recorded one starts a window too: the clock was set back. */
  #startsWindow(AccessKeyId: string, use: LastUse): boolean {
    const recorded = this.find(AccessKeyId);
    if (recorded === undefined) return true;
    const elapsed = use.LastUsedDate.getTime() - recorded.LastUsedDate.getTime();
    return elapsed < 0 || elapsed >= this.#granularity;
  }
}

function readLastUse(row: Row | undefined): LastUse | null {
  if (row === undefined || row.last_used_at === null) return null;
  return {
    LastUsedDate: readDate(row, 'last_used_at'),
    Region: readText(row, 'last_used_region'),
    ServiceName: readText(row, 'last_used_service'),
  };
}
