import { KeyturnError } from '../../errors.ts';
import { isChange, limitKeys, parsePlan, type FleetPlan, type PlannedChange } from '../../fleet/act/index.ts';
import { getCallerIdentity } from '../../iam/index.ts';
import { loadConfig } from '../config/load-config.ts';
import { connectToAws, signWithMfa, type AwsDoor } from '../connect.ts';
import type { Context } from '../context.ts';
import { exitCodes, worstOf } from '../exit-code.ts';
import { rememberDoors } from '../fleet/account-doors.ts';
import { carryOut, codeOf, endInterruptedActions, type Outcome, type Work } from '../fleet/carry-out.ts';
import { readPlanText } from '../fleet/plan-text.ts';
import { openOwnJournal } from '../journal.ts';
import { formatList } from '../output/answer.ts';
import { describePlanEntries, type PlanElement } from '../output/plan.ts';
import { formatAge } from '../output/time.ts';
import { count } from '../report/summary.ts';
import { agree } from '../rotation/ask.ts';
import { describeScene } from './key-facts.ts';
import { countKeys, spansAccounts } from './plan.ts';

export interface ApplyInput {
  /** A file, or `-` for standard input. */
  readonly file: string;
  readonly approve?: boolean;
  readonly maxKeys?: { readonly percent: number } | { readonly keys: number };
  readonly roleName?: string;
}

/** `keyturn apply`: the changes of a plan, each on live evidence. */
export async function apply(context: Context, input: ApplyInput): Promise<number | undefined> {
  const plan = parsePlan(await readPlanText(input.file), input.file);
  const changes = plan.entries.filter(isChange);
  const { fleet } = await loadConfig(context);
  requireFewKeys(changes.length, plan, input.maxKeys ?? fleet.maxKeys);
  const door = await signWithMfa(context, await connectToAws(context));
  await describeWork(context, door, plan, changes);
  if (changes.length > 0 && input.approve !== true) await agree(context, 'carry it out', 'add --approve');
  const journal = await openOwnJournal(context);
  try {
    const openAccount = rememberDoors(door, input.roleName, context.interruption.signal);
    return await carryOutAll(context, { journal, openAccount }, plan, changes);
  } finally {
    await journal.close();
  }
}

/** @throws {KeyturnError} `ERR_REFUSED` before anything is touched */
function requireFewKeys(changes: number, plan: FleetPlan, maxKeys: NonNullable<ApplyInput['maxKeys']>): void {
  const keys = countKeys(plan);
  const limit = limitKeys(maxKeys, keys);
  if (changes <= limit) return;
  throw new KeyturnError('ERR_REFUSED', `the plan changes ${changes} of ${keys} keys, and one run may touch ${limit}`, {
    hint: 'see whether the fleet policy means what it says; then --max-keys raises the limit',
  });
}

async function describeWork(
  { interruption, printer, now }: Context,
  { connection, endpoint }: AwsDoor,
  plan: FleetPlan,
  changes: readonly PlannedChange[],
): Promise<void> {
  const caller = await getCallerIdentity(connection, { signal: interruption.signal });
  printer.talk(`carry out ${count(changes.length, 'change')}, planned ${formatAge(plan.madeAt, now())} ago`);
  for (const line of describeScene(caller, endpoint)) printer.talk(line);
  let last: string | undefined;
  for (const { Account, Action, AccessKeyId, UserName, Reason } of changes) {
    if (spansAccounts(plan) && Account !== last) printer.talk(`  in ${Account}`);
    printer.talk(`${spansAccounts(plan) ? '    ' : '  '}${Action} ${AccessKeyId} of ${UserName}: ${Reason}`);
    last = Account;
  }
}

async function carryOutAll(
  context: Context,
  work: Work,
  plan: FleetPlan,
  changes: readonly PlannedChange[],
): Promise<number> {
  const { form, printer, interruption } = context;
  await endInterruptedActions(context, work);
  const outcomes: Outcome[] = [];
  async function* tellResults(): AsyncGenerator<PlanElement> {
    for await (const { entry, outcome } of carryOut(context, work, changes)) {
      outcomes.push(outcome);
      tellTrouble(context, entry, outcome);
      yield { entry, outcome };
    }
  }
  const answer = describePlanEntries({ isApplied: true, spansAccounts: spansAccounts(plan) });
  // Held, so that what was done is told even where the rest was interrupted.
  await interruption.hold(async () => {
    for await (const piece of formatList(tellResults(), answer, form)) await printer.data(piece);
  });
  tellEnd(context, outcomes);
  return worstOf([...outcomes.map(codeOf), ...(interruption.signal.aborted ? [exitCodes.interrupted] : [])]);
}

/** A table cuts what is long, and this has to be read. */
function tellTrouble({ printer }: Context, { AccessKeyId, UserName }: PlannedChange, outcome: Outcome): void {
  const { kind } = outcome;
  if (kind === 'done' || kind === 'passed' || kind === 'waiting') return;
  printer.tell(`${AccessKeyId} of ${UserName} ${verbs[kind]}: ${outcome.why}`);
  if ('hint' in outcome && outcome.hint !== undefined) printer.tell(`  ${outcome.hint}`);
}

const verbs = {
  stale: 'is left as it is',
  refused: 'is left as it is',
  failed: 'could not be changed',
  interrupted: 'may be changed or not',
} as const;

function tellEnd({ printer }: Context, outcomes: readonly Outcome[]): void {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))];
  const has = (kind: Outcome['kind']): boolean => kinds.includes(kind);
  const counts = kinds.map((kind) => `${outcomes.filter((each) => each.kind === kind).length} ${kind}`);
  printer.talk(counts.length === 0 ? 'nothing was to be done' : counts.join(', '));
  if (has('done')) printer.talk('keyturn undo a-… makes a key Active again');
  if (has('waiting')) printer.talk('keyturn resume --all goes on with rotations');
  if (has('stale')) printer.talk('a new plan takes what has changed into account: keyturn plan');
}
