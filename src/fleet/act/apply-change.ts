/**
 * One planned change, carried out: under the lease of its user, on live evidence, written down before and after. What was
 * interrupted is found open the next time, and ended first.
 */
import { AwsError, KeyturnError } from '../../errors.ts';
import {
  activateAccessKey,
  deactivateAccessKey,
  deleteAccessKey,
  listAccessKeys,
  type Connection,
} from '../../iam/index.ts';
import { mayBeDone } from '../../iam/outcome.ts';
import type { Journal, Lease } from '../../journal/journal.ts';
import type { PlannedChange } from './entry.ts';
import { checkEntry } from './live.ts';
import {
  actionOpened,
  describeOpening,
  readActionRecord,
  writeActionEvent,
  type ActionEvent,
  type ActionRecord,
} from './record.ts';

/** The right to act on a user, as whoever composes grants it. */
export interface HeldSubject {
  readonly lease: Lease;
  perform<T>(
    signal: AbortSignal | undefined,
    act: (effect: { readonly signal: AbortSignal }) => Promise<T>,
  ): Promise<T>;
}

export interface ActionDesk {
  readonly aws: Connection;
  readonly journal: Journal;
  /** @throws KeyturnError ERR_LEASE */
  hold<T>(subject: string, work: (held: HeldSubject) => Promise<T>): Promise<T>;
  makeId(): string;
  /** Who does it, for the journal. */
  readonly by: string;
  readonly signal?: AbortSignal | undefined;
}

export type ChangeOutcome =
  { readonly kind: 'done'; readonly record: string } | { readonly kind: 'passed' | 'stale'; readonly why: string };

/**
 * Makes a key Inactive, or deletes it, as planned.
 *
 * @throws KeyturnError ERR_LEASE, ERR_JOURNAL, and AWS's refusals
 */
export async function applyChange(desk: ActionDesk, change: PlannedChange): Promise<ChangeOutcome> {
  const subject = `${change.Account}/${change.UserId}`;
  return desk.hold(subject, async (held) => {
    const busy = await endOpenAction(desk, held, subject, change.UserName);
    if (busy !== undefined) return { kind: 'passed', why: `${busy} is under way for ${change.UserName}` };
    const check = await checkEntry(desk.aws, change, desk.signal);
    if (check.kind !== 'as planned') return check;
    const id = desk.makeId();
    const opening = { ...describeOpening(change, desk.by, id), live: check.live };
    await desk.journal.open(id, subject, writeActionEvent(actionOpened, opening, desk.aws.serverTime()), held.lease);
    try {
      await carryOut(desk, held, change, id);
    } catch (error) {
      if (!mayBeDone(error)) await endOpenAction(desk, held, subject, change.UserName).catch(() => undefined);
      throw error;
    }
    return { kind: 'done', record: id };
  });
}

async function carryOut(desk: ActionDesk, held: HeldSubject, change: PlannedChange, id: string): Promise<void> {
  const { aws, signal } = desk;
  const { UserName, AccessKeyId, Action } = change;
  const isDeletion = Action === 'delete';
  await write(desk, held, { id, entries: 1 }, isDeletion ? 'delete intended' : 'deactivate intended');
  const act = isDeletion ? deleteAccessKey : deactivateAccessKey;
  await held.perform(signal, (effect) => act(aws, { UserName, AccessKeyId, signal: effect.signal }));
  await write(desk, held, { id, entries: 2 }, isDeletion ? 'deleted' : 'deactivated');
}

async function write(
  { journal, aws }: ActionDesk,
  { lease }: HeldSubject,
  { id, entries }: Pick<ActionRecord, 'id' | 'entries'>,
  type: ActionEvent,
  data: object = {},
): Promise<void> {
  await journal.append(id, writeActionEvent(type, data, aws.serverTime()), { after: entries, lease });
}

/**
 * Ends an action that was interrupted, by what is there now.
 *
 * @returns the record that is in the way, where it is not one of these
 */
async function endOpenAction(
  desk: ActionDesk,
  held: HeldSubject,
  subject: string,
  UserName: string,
): Promise<string | undefined> {
  for await (const { record } of desk.journal.list({ open: true, subject })) {
    const action = readActionRecord(await desk.journal.read(record));
    if (action === undefined) return record;
    await write(desk, held, action, await findEnd(desk, action, UserName), { found: true });
  }
  return undefined;
}

async function findEnd({ aws, signal }: ActionDesk, action: ActionRecord, UserName: string): Promise<ActionEvent> {
  const keys = await listAccessKeys(aws, { UserName, signal }).catch((error: unknown) => {
    if (error instanceof AwsError && error.code === 'ERR_NO_SUCH_ENTITY') return [];
    throw error;
  });
  const status = keys.find(({ AccessKeyId }) => AccessKeyId === action.AccessKeyId)?.Status;
  if (action.last === 'deactivate intended' && status === 'Inactive') return 'deactivated';
  if (action.last === 'delete intended' && status === undefined) return 'deleted';
  return 'abandoned';
}

/** Ends what is open of an action whose process died, so that its user is free. @throws KeyturnError ERR_LEASE */
export async function endInterrupted(desk: ActionDesk, { Account, UserId, UserName }: ActionRecord): Promise<void> {
  const subject = `${Account}/${UserId}`;
  await desk.hold(subject, (held) => endOpenAction(desk, held, subject, UserName));
}

/**
 * Makes a key Active again that a fleet action made Inactive.
 *
 * @throws KeyturnError ERR_REFUSED where there is nothing to take back; ERR_LEASE, and AWS's refusals
 */
export async function undoAction(desk: ActionDesk, asked: ActionRecord): Promise<void> {
  const { id, Account, UserId, UserName } = asked;
  const subject = `${Account}/${UserId}`;
  await desk.hold(subject, async (held) => {
    const { aws, signal } = desk;
    await endOpenAction(desk, held, subject, UserName);
    const action = readActionRecord(await desk.journal.read(id)) ?? asked;
    requireUndoable(action);
    const { AccessKeyId, entries } = action;
    await write(desk, held, { id, entries }, 'reactivate intended', { by: desk.by });
    await held.perform(signal, (effect) => activateAccessKey(aws, { UserName, AccessKeyId, signal: effect.signal }));
    await write(desk, held, { id, entries: entries + 1 }, 'reactivated');
  });
}

/** @throws KeyturnError ERR_REFUSED for an action of which nothing is left to take back */
export function requireUndoable({ id, AccessKeyId, last }: ActionRecord): void {
  if (last !== 'deleted' && last !== 'reactivated' && last !== 'abandoned') return;
  const why = last === 'deleted' ? `${AccessKeyId} is deleted and cannot come back` : `${id} is over: it was ${last}`;
  throw new KeyturnError('ERR_REFUSED', why, { hint: `keyturn rotations show ${id} tells what was done` });
}
