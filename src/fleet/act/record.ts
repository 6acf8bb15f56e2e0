/** What a fleet action writes into the journal, and what is read out of it again. */
import { KeyturnError } from '../../errors.ts';
import type { Entry, Journal, Json, JsonObject, NewEntry } from '../../journal/journal.ts';
import type { PlannedChange } from './entry.ts';

/** The first entry of a fleet action: who, why, on what evidence, and how to take it back. */
export const actionOpened = 'fleet action opened';

export type ActionEvent =
  | typeof actionOpened
  | 'deactivate intended'
  | 'deactivated'
  | 'delete intended'
  | 'deleted'
  | 'reactivate intended'
  | 'reactivated'
  | 'abandoned';

const closing: readonly ActionEvent[] = ['deactivated', 'deleted', 'reactivated', 'abandoned'];

export function writeActionEvent(type: ActionEvent, data: object, at: Date): NewEntry {
  return { at, type, data: JSON.parse(JSON.stringify(data)) as JsonObject, closes: closing.includes(type) };
}

export function describeOpening(change: PlannedChange, by: string, id: string): object {
  const undo = change.Action === 'deactivate' ? `keyturn undo ${id}` : 'a deleted key cannot come back';
  return { ...change, by, undo };
}

/** A fleet action as its entries tell it. */
export interface ActionRecord {
  readonly id: string;
  readonly Account: string;
  readonly UserName: string;
  readonly UserId: string;
  readonly AccessKeyId: string;
  readonly Action: string;
  readonly Reason: string;
  readonly last: ActionEvent;
  /** When the last thing happened. */
  readonly at: Date;
  readonly entries: number;
}

/** @returns undefined for a record of another kind */
export function readActionRecord(entries: readonly Entry[]): ActionRecord | undefined {
  const [first] = entries;
  const last = entries.at(-1);
  if (first?.type !== actionOpened || last === undefined) return undefined;
  const text = (name: string): string => requireText(first.data[name], first.record, name);
  return {
    id: first.record,
    Account: text('Account'),
    UserName: text('UserName'),
    UserId: text('UserId'),
    AccessKeyId: text('AccessKeyId'),
    Action: text('Action'),
    Reason: text('Reason'),
    last: last.type as ActionEvent,
    at: last.at,
    entries: entries.length,
  };
}

function requireText(value: Json | undefined, record: string, name: string): string {
  if (typeof value === 'string') return value;
  throw new KeyturnError('ERR_JOURNAL', `${record} has no ${name}`, { hint: 'see keyturn rotations verify' });
}

/** What Keyturn itself has last done to a key. */
export interface OwnChange {
  readonly kind: 'deactivated' | 'deleted';
  readonly at: Date;
}

/** What the journal says of keys and users. */
export interface History {
  /** Undefined where nothing was done, or somebody has taken it back. */
  ownChange(AccessKeyId: string): OwnChange | undefined;
  /** The rotation that is under way for a subject, `ACCOUNT/UserId`. */
  openRotation(subject: string): string | undefined;
}

const isChange: readonly ActionEvent[] = ['deactivated', 'deleted', 'reactivate intended', 'reactivated'];

export async function readHistory(journal: Journal): Promise<History> {
  const changes = new Map<string, ActionRecord>();
  const rotations = new Map<string, string>();
  for await (const { record, subject, isOpen } of journal.list()) {
    if (isOpen && record.startsWith('r-')) rotations.set(subject, record);
    const action = record.startsWith('a-') ? readActionRecord(await journal.read(record)) : undefined;
    // The newest comes first.
    if (action === undefined || changes.has(action.AccessKeyId) || !isChange.includes(action.last)) continue;
    changes.set(action.AccessKeyId, action);
  }
  return {
    ownChange: (AccessKeyId) => {
      const { last: kind, at } = changes.get(AccessKeyId) ?? {};
      return at !== undefined && (kind === 'deactivated' || kind === 'deleted') ? { kind, at } : undefined;
    },
    openRotation: (subject) => rotations.get(subject),
  };
}
