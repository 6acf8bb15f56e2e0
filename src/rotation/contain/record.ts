/**
 * A containment in the journal: who, why, what was done and how to undo it, a record `a-…` for each key. Its subject is the
 * key and not the user, so that a rotation of the user stands in no one's way in an emergency.
 */
import { KeyturnError } from '../../errors.ts';
import type { Entry, Journal, JsonObject, Lease } from '../../journal/journal.ts';

/** The types of its entries. */
export const entryTypes = {
  begun: 'contain',
  deactivated: 'contain-deactivated',
  sessionsDenied: 'contain-sessions-denied',
  ended: 'contain-ended',
  undone: 'contain-undone',
} as const;

export interface RecordKeeping {
  readonly journal: Journal;
  readonly makeRecordId: () => string;
  /** Host and process. */
  readonly holder: string;
  /** AWS's time. */
  readonly now: () => Date;
}

/** Milliseconds: far longer than a containment takes. */
const leaseLasts = 600_000;

export class ContainmentRecord {
  readonly record: string;
  readonly #keeping: RecordKeeping;
  readonly #lease: Lease;
  #entries: number;

  private constructor(record: string, keeping: RecordKeeping, lease: Lease, entries: number) {
    this.record = record;
    this.#keeping = keeping;
    this.#lease = lease;
    this.#entries = entries;
  }

  /**
   * Opens a record, or goes on with one that was left open.
   *
   * @param subject `ACCOUNT/AccessKeyId`
   * @throws KeyturnError ERR_LEASE where somebody else contains the key, ERR_JOURNAL
   */
  static async open(keeping: RecordKeeping, subject: string, data: JsonObject): Promise<ContainmentRecord> {
    const { journal, makeRecordId, holder, now } = keeping;
    const lease = await takeLease(journal, subject, holder);
    const entry = { at: now(), type: entryTypes.begun, data };
    for await (const { record, entries } of journal.list({ open: true, subject })) {
      await journal.append(record, entry, { after: entries, lease });
      return new ContainmentRecord(record, keeping, lease, entries + 1);
    }
    const record = makeRecordId();
    await journal.open(record, subject, entry, lease);
    return new ContainmentRecord(record, keeping, lease, 1);
  }

  async add(type: string, data: JsonObject): Promise<void> {
    await this.#append({ type, data });
  }

  /** Writes the end, and lets the key go. */
  async close(data: JsonObject): Promise<void> {
    await this.#append({ type: entryTypes.ended, data, closes: true });
    await this.#keeping.journal.releaseLease(this.#lease);
  }

  async #append(entry: { type: string; data: JsonObject; closes?: boolean }): Promise<void> {
    const { journal, now } = this.#keeping;
    await journal.append(this.record, { at: now(), ...entry }, { after: this.#entries, lease: this.#lease });
    this.#entries += 1;
  }
}

export async function takeLease(journal: Journal, subject: string, holder: string): Promise<Lease> {
  const answer = await journal.takeLease(subject, holder, leaseLasts);
  if (answer.kind === 'taken') return answer.lease;
  throw new KeyturnError('ERR_LEASE', `${answer.holder} is at work on this key`, {
    hint: `wait for it; if that process is dead, its lease ends at ${answer.until.toISOString()}`,
  });
}

/** What a record says was done, for `undo` and for lists. */
export interface Containment {
  readonly record: string;
  readonly subject: string;
  readonly AccessKeyId: string;
  readonly UserName?: string | undefined;
  readonly callerArn: string;
  readonly reason?: string | undefined;
  /** The status before: what undoing goes back to. */
  readonly PreviousStatus?: string | undefined;
  readonly isDeactivated: boolean;
  readonly sessionsDeniedBefore?: Date | undefined;
  readonly isUndone: boolean;
}

/** Reads a record; undefined where it is none of a containment. */
export function readContainment(entries: readonly Entry[]): Containment | undefined {
  const [first] = entries;
  if (first?.type !== entryTypes.begun) return undefined;
  const { AccessKeyId, UserName, caller, reason, PreviousStatus } = first.data;
  const has = (type: string) => entries.some((entry) => entry.type === type);
  const denied = entries.findLast(({ type }) => type === entryTypes.sessionsDenied)?.data.before;
  return {
    record: first.record,
    subject: first.subject,
    AccessKeyId: readText(AccessKeyId) ?? '',
    UserName: readText(UserName),
    callerArn: readText(caller) ?? '',
    reason: readText(reason),
    PreviousStatus: readText(PreviousStatus),
    isDeactivated: has(entryTypes.deactivated),
    sessionsDeniedBefore: typeof denied === 'string' ? new Date(denied) : undefined,
    isUndone: has(entryTypes.undone),
  };
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
