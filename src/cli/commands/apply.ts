import { hostname } from 'node:os';
import { KeyturnError } from '../../errors.ts';
import {
  applyChange,
  isChange,
  limitKeys,
  parsePlan,
  type ActionDesk,
  type ChangeOutcome,
  type FleetPlan,
  type PlannedChange,
} from '../../fleet/act/index.ts';
import { systemClock } from '../../iam/clock.ts';
import type { Journal } from '../../journal/journal.ts';
import { HeldLease } from '../../rotation/index.ts';
import { loadConfig } from '../config/load-config.ts';
import { connectToAws, type AwsDoor } from '../connect.ts';
import type { Context } from '../context.ts';
import { exitCodeOf, exitCodes, worstOf } from '../exit-code.ts';
import { rememberDoors } from '../fleet/account-doors.ts';
import { readPlanText } from '../fleet/plan-text.ts';
import { makeRecordId, openOwnJournal } from '../journal.ts';
import { formatList } from '../output/answer.ts';
import { describePlanEntries, type PlanElement } from '../output/plan.ts';
import { agree } from '../rotation/ask.ts';
import { nameOperator } from '../rotation/compose.ts';
import { rotateEntry } from '../fleet/rotate-entry.ts';
import { countKeys } from './plan.ts';

export interface ApplyInput {
  /** A file, or `-` for standard input. */
  readonly file: string;
  readonly approve?: boolean;
  readonly maxKeys?: { readonly percent: number } | { readonly keys: number };
  readonly roleName?: string;
}

/** `keyturn apply`: the changes of a plan, each on live evidence. */
export async function apply(context: Context, input: ApplyInput): Promise<number | undefined> {
  const { form, printer, now } = context;
  const plan = parsePlan(await readPlanText(input.file), input.file);
  const changes = plan.entries.filter(isChange);
  const { fleet } = await loadConfig(context);
  requireFewKeys(changes.length, plan, input.maxKeys ?? fleet.maxKeys);
  const door = await connectToAws(context);
  printer.talk(`carry out ${changes.length} changes of ${input.file}, made ${plan.madeAt.toISOString()}`);
  printer.talk(`  endpoint   ${door.endpoint}`);
  for (const { Account, Action, AccessKeyId, UserName, Reason } of changes) {
    printer.talk(`  ${Action} ${AccessKeyId} of ${UserName} in ${Account}: ${Reason}`);
  }
  if (changes.length > 0 && input.approve !== true) await agree(context, 'carry it out');
  const journal = await openOwnJournal(context);
  const codes: number[] = [];
  const results = carryOut(context, { door, journal, changes, roleName: input.roleName, codes });
  for await (const piece of formatList(results, describePlanEntries(now(), true), form)) await printer.data(piece);
  await journal.close();
  return worstOf(codes);
}

/** @throws {KeyturnError} `ERR_REFUSED` before anything is touched */
function requireFewKeys(changes: number, plan: FleetPlan, maxKeys: NonNullable<ApplyInput['maxKeys']>): void {
  const limit = limitKeys(maxKeys, countKeys(plan));
  if (changes <= limit) return;
  throw new KeyturnError(
    'ERR_REFUSED',
    `the plan changes ${changes} of ${countKeys(plan)} keys, and one run may touch ${limit}`,
    {
      hint: 'see whether the fleet policy means what it says; then --max-keys raises the limit',
    },
  );
}

interface Work {
  readonly door: AwsDoor;
  readonly journal: Journal;
  readonly changes: readonly PlannedChange[];
  readonly roleName: string | undefined;
  /** Of what was done, the codes to end with. */
  readonly codes: number[];
}

/** One after the other; what stops one does not stop the next. */
async function* carryOut(context: Context, work: Work): AsyncGenerator<PlanElement> {
  const { signal } = context.interruption;
  const openAccount = rememberDoors(work.door, work.roleName, signal);
  for (const change of work.changes) {
    if (signal.aborted) break;
    const [outcome, code] = await carryOutOne(context, work, change, openAccount);
    work.codes.push(code);
    yield { entry: change, outcome };
  }
  if (signal.aborted) work.codes.push(exitCodes.interrupted);
}

type Outcome = ChangeOutcome | { readonly kind: 'waiting' | 'failed'; readonly record?: string; readonly why: string };

async function carryOutOne(
  context: Context,
  { journal }: Work,
  change: PlannedChange,
  openAccount: (Account: string) => Promise<AwsDoor>,
): Promise<[Outcome, number]> {
  const { interruption } = context;
  try {
    const door = await openAccount(change.Account);
    const outcome = await interruption.hold(() =>
      change.Action === 'rotate'
        ? rotateEntry(context, door, journal, change)
        : applyChange(composeDesk(context, door, journal), change),
    );
    return [outcome, codes[outcome.kind]];
  } catch (error) {
    if (!(error instanceof KeyturnError)) throw error;
    if (error.code === 'ERR_CONFLICTING_RECORD' || error.code === 'ERR_LEASE') {
      return [{ kind: 'passed', why: error.message }, exitCodes.done];
    }
    return [{ kind: 'failed', why: error.message }, exitCodeOf(error)];
  }
}

const codes = {
  done: exitCodes.done,
  passed: exitCodes.done,
  stale: exitCodes.refused,
  waiting: exitCodes.waiting,
  failed: exitCodes.failed,
} as const;

/** What fleet actions need of the world. */
export function composeDesk({ interruption }: Context, { connection }: AwsDoor, journal: Journal): ActionDesk {
  const holder = `process ${process.pid} on ${hostname()}`;
  return {
    aws: connection,
    journal,
    makeId: () => makeRecordId('a'),
    by: nameOperator(),
    signal: interruption.signal,
    async hold(subject, work) {
      const held = await HeldLease.take({ journal, clock: systemClock, holder }, subject);
      try {
        return await work(held);
      } finally {
        await held.release();
      }
    },
  };
}
