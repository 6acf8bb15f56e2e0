/** The changes of a plan, one after the other; what stops one does not stop the next. */
import { KeyturnError } from '../../errors.ts';
import {
  applyChange,
  endInterrupted,
  readActionRecord,
  type ChangeOutcome,
  type PlannedChange,
} from '../../fleet/act/index.ts';
import type { Journal } from '../../journal/journal.ts';
import type { AwsDoor } from '../connect.ts';
import type { Context } from '../context.ts';
import { exitCodeOf, exitCodes } from '../exit-code.ts';
import { composeDesk } from './action-desk.ts';
import { rotateEntry } from './rotate-entry.ts';

export interface Work {
  readonly journal: Journal;
  readonly openAccount: (Account: string) => Promise<AwsDoor>;
}

export type Outcome =
  | ChangeOutcome
  | { readonly kind: 'waiting'; readonly record: string; readonly why: string }
  | { readonly kind: 'refused' | 'failed' | 'interrupted'; readonly why: string; readonly hint?: string | undefined };

const codes = {
  done: exitCodes.done,
  passed: exitCodes.done,
  stale: exitCodes.refused,
  refused: exitCodes.refused,
  waiting: exitCodes.waiting,
  failed: exitCodes.failed,
  interrupted: exitCodes.interrupted,
} as const satisfies Record<Outcome['kind'], number>;

export function codeOf({ kind }: Outcome): number {
  return codes[kind];
}

export async function* carryOut(
  context: Context,
  work: Work,
  changes: readonly PlannedChange[],
): AsyncGenerator<{ readonly entry: PlannedChange; readonly outcome: Outcome }> {
  for (const entry of changes) {
    if (context.interruption.signal.aborted) return;
    yield { entry, outcome: await carryOutOne(context, work, entry) };
  }
}

async function carryOutOne(context: Context, work: Work, change: PlannedChange): Promise<Outcome> {
  const { journal, openAccount } = work;
  try {
    const door = await openAccount(change.Account);
    return await context.interruption.hold(() =>
      change.Action === 'rotate'
        ? rotateEntry(context, door, journal, change)
        : applyChange(composeDesk(context, door, journal), change),
    );
  } catch (error) {
    return describeFailure(error);
  }
}

/** @throws what concerns the whole run */
function describeFailure(error: unknown): Outcome {
  if (!(error instanceof KeyturnError) || error.code === 'ERR_JOURNAL') throw error;
  const { message: why, hint = 'the next keyturn apply finds out what was done', code } = error;
  if (code === 'ERR_INTERRUPTED') return { kind: 'interrupted', why, hint };
  if (code === 'ERR_CONFLICTING_RECORD') return { kind: 'passed', why };
  return { kind: exitCodeOf(error) === exitCodes.refused ? 'refused' : 'failed', why, hint: error.hint };
}

/** Ends what an earlier run was interrupted in, so that nobody's keys stay taken. */
export async function endInterruptedActions(context: Context, { journal, openAccount }: Work): Promise<void> {
  for await (const { record, isOpen } of journal.list({ open: true })) {
    if (!isOpen || !record.startsWith('a-')) continue;
    const action = readActionRecord(await journal.read(record));
    if (action === undefined) continue;
    try {
      const door = await openAccount(action.Account);
      await context.interruption.hold(() => endInterrupted(composeDesk(context, door, journal), action));
      context.printer.talk(`${record} was interrupted, and is ended: ${await tellEnd(journal, record)}`);
    } catch (error) {
      const outcome = describeFailure(error);
      if (outcome.kind === 'interrupted') throw error;
      const why = 'why' in outcome ? outcome.why : '';
      context.printer.tell(`${record} of ${action.UserName} was interrupted, and stays open: ${why}`);
    }
  }
}

async function tellEnd(journal: Journal, record: string): Promise<string> {
  const { AccessKeyId, last } = readActionRecord(await journal.read(record)) ?? {};
  return last === 'abandoned' ? 'nothing was done' : `${AccessKeyId ?? ''} was ${last ?? 'left'}`;
}
