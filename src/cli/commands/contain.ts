import { parseDuration } from '../../endpoint/duration.ts';
import { KeyturnError } from '../../errors.ts';
import {
  gatherFacts,
  planContainment,
  runContainment,
  type ContainPlan,
  type ContainReport,
  type RecordKeeping,
} from '../../rotation/contain/index.ts';
import { connectToAws, type AwsDoor } from '../connect.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import { nameHolder } from '../holder.ts';
import { makeRecordId, openOwnJournal } from '../journal.ts';
import { formatAnswer } from '../output/answer.ts';
import { describeContainPlan, describePlanned, describeReport } from '../output/containment.ts';
import { readLeakedKeys } from './leaked-keys.ts';

export interface ContainFlags {
  readonly from?: string;
  readonly user?: string;
  readonly reason?: string;
  readonly settle: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

export interface ContainInput extends ContainFlags {
  readonly AccessKeyIds: readonly string[];
}

/** `keyturn contain` */
export async function contain(context: Context, input: ContainInput): Promise<number | undefined> {
  const { form, printer, interruption } = context;
  const { signal } = interruption;
  const settle = requireSettle(input.settle);
  const ids = await collectIds(input);
  const door = await connectToAws(context);
  const plan = planContainment(await gatherFacts(door.connection, ids, { UserName: input.user, signal }));
  const [first] = plan.refused;
  if (plan.targets.length === 0 && first !== undefined) throw describeNone(plan);
  if (input.dryRun === true) {
    show(context, plan, door, printer.talk);
    await printer.data(formatAnswer(describePlanned(plan), form));
    return undefined;
  }
  await agree(context, plan, door, input.force === true);
  const report = await interruption.hold(() => carryOut(context, plan, door, { reason: input.reason, settle }));
  await printer.data(formatAnswer(describeReport(report, plan), form));
  if (signal.aborted) return exitCodes.interrupted;
  return isWhole(report) ? undefined : exitCodes.failed;
}

async function collectIds({ AccessKeyIds, from }: ContainInput): Promise<readonly string[]> {
  const found = from === undefined ? [] : await readLeakedKeys(from);
  const ids = [...new Set([...AccessKeyIds, ...found])];
  if (ids.length > 0) return ids;
  throw new KeyturnError(
    'ERR_USAGE',
    from === undefined ? 'no access key was named' : `no access key id is in ${from}`,
    {
      hint: 'name the leaked keys: keyturn contain AKIA…',
    },
  );
}

async function carryOut(
  context: Context,
  plan: ContainPlan,
  { connection: aws }: AwsDoor,
  options: { readonly reason: string | undefined; readonly settle: number },
): Promise<ContainReport> {
  const { interruption, printer } = context;
  const journal = await openOwnJournal(context).catch(noteJournal);
  const keeping: RecordKeeping | undefined =
    journal instanceof KeyturnError
      ? undefined
      : { journal, makeRecordId: () => makeRecordId('a'), holder: nameHolder(), now: () => aws.serverTime() };
  try {
    const onProgress = printer.talk;
    const report = await runContainment(plan, { aws, keeping, onProgress, signal: interruption.signal, ...options });
    if (!(journal instanceof KeyturnError)) return report;
    const failure = { what: 'there is no record in the journal', Reason: journal.message, Hint: journal.hint };
    return { ...report, failures: [...report.failures, failure] };
  } finally {
    if (!(journal instanceof KeyturnError)) await journal.close();
  }
}

/** A leaked key does not wait until a journal works. */
function noteJournal(error: unknown): KeyturnError {
  if (error instanceof KeyturnError) return error;
  throw error;
}

function show({ now }: Context, plan: ContainPlan, { endpoint }: AwsDoor, say: (line: string) => void): void {
  for (const line of describeContainPlan(plan, endpoint, now())) say(line);
}

async function agree(context: Context, plan: ContainPlan, door: AwsDoor, force: boolean): Promise<void> {
  const { options, printer, terminal } = context;
  const isAgreed = options.yes && (force || plan.consequence === undefined);
  show(context, plan, door, !isAgreed && terminal.interactive ? printer.tell : printer.talk);
  if (plan.consequence !== undefined) printer.tell(plan.consequence);
  if (isAgreed) return;
  if (!terminal.interactive) throw describeRefusal(plan);
  if (await terminal.confirm('contain them?')) return;
  throw new KeyturnError('ERR_REFUSED', 'nothing was contained: the answer was no');
}

function describeRefusal({ consequence }: ContainPlan): KeyturnError {
  if (consequence === undefined) {
    return new KeyturnError('ERR_REFUSED', 'nothing was contained: there is no terminal to ask on', {
      hint: 'add --yes',
    });
  }
  return new KeyturnError('ERR_REFUSED', `nothing was contained: ${consequence}`, {
    hint: 'use credentials of somebody else; or, if there are none, add both --yes and --force',
  });
}

function describeNone({ refused }: ContainPlan): KeyturnError {
  const reasons = refused.map(({ AccessKeyId, Reason }) => `${AccessKeyId}: ${Reason}`).join('; ');
  return new KeyturnError('ERR_REFUSED', `nothing was contained: ${reasons}`, { hint: refused[0]?.Hint });
}

function requireSettle(text: string): number {
  const settle = parseDuration(text);
  if (settle !== undefined) return settle;
  throw new KeyturnError('ERR_USAGE', `--settle ${JSON.stringify(text)} is not a duration`, {
    hint: 'write it as in 10s or 1m',
  });
}

function isWhole({ failures, refused, holders }: ContainReport): boolean {
  return failures.length + refused.length === 0 && holders.every(({ newKeys }) => newKeys.length === 0);
}
