import { resolve } from 'node:path';
import { formatPlan, isChange, planUser, readHistory, type FleetPlan, type PlanEntry } from '../../fleet/act/index.ts';
import type { FleetScan } from '../../fleet/index.ts';
import { isUnknown } from '../../fleet/rules/facts-of.ts';
import { updateFile } from '../../sinks/file-update.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { openOwnJournal } from '../journal.ts';
import { formatList } from '../output/answer.ts';
import { describePlanEntries } from '../output/plan.ts';
import { count } from '../report/summary.ts';
import { withScan, type ScanInput } from './fleet-scan.ts';

export interface PlanInput extends ScanInput {
  /** The file for the plan. */
  readonly out?: string;
}

/** `keyturn plan`: what the fleet policy of keyturn.yaml wants done, on the evidence there is. Nothing is changed. */
export async function plan(context: Context, input: PlanInput): Promise<undefined> {
  const { printer, form } = context;
  const made = await makePlan(context, input);
  if (input.out !== undefined) await updateFile(resolve(input.out), () => formatPlan(made));
  const answer = describePlanEntries({ isApplied: false, spansAccounts: spansAccounts(made), now: made.madeAt });
  const elements = made.entries.map((entry) => ({ entry }));
  for await (const piece of formatList(elements, answer, form)) await printer.data(piece);
  for (const { Account, Gaps } of made.accounts) {
    for (const gap of Gaps) printer.tell(`not read: account ${Account}: ${gap}`);
  }
  const changes = made.entries.filter(isChange).length;
  const reports = made.entries.length - changes;
  printer.talk(`${changes} of ${count(countKeys(made), 'key')} to change, ${reports} to report; nothing was changed`);
  if (input.out !== undefined) printer.talk(`keyturn apply ${input.out} carries it out`);
}

async function makePlan(context: Context, input: ScanInput): Promise<FleetPlan> {
  const { fleet, exclusions } = await loadConfig(context);
  const { policies } = fleet;
  if (policies.length === 0) context.printer.tell('keyturn.yaml has no fleet policy, so there is nothing to do');
  const journal = await openOwnJournal(context);
  const history = await readHistory(journal).finally(() => journal.close());
  return withScan(context, input, (scan) => planScan(scan, { policies, exclusions, now: context.now(), history }));
}

async function planScan(scan: FleetScan, terms: Parameters<typeof planUser>[1]): Promise<FleetPlan> {
  const accounts: FleetPlan['accounts'][number][] = [];
  const entries: PlanEntry[] = [];
  for await (const { account, users } of scan) {
    let AccessKeys = 0;
    for await (const user of users()) {
      entries.push(...planUser(user, terms));
      if (!isUnknown(user.AccessKeys)) AccessKeys += user.AccessKeys.length;
    }
    accounts.push({ Account: account.Account, AccessKeys, Gaps: account.gaps });
  }
  return { madeAt: terms.now, accounts, entries: entries.sort(compareEntries) };
}

function compareEntries(a: PlanEntry, b: PlanEntry): number {
  const name = ({ Account, UserName, AccessKeyId = '' }: PlanEntry): string => `${Account}/${UserName}/${AccessKeyId}`;
  return name(a) < name(b) ? -1 : 1;
}

export function countKeys({ accounts }: FleetPlan): number {
  return accounts.reduce((sum, { AccessKeys }) => sum + AccessKeys, 0);
}

export function spansAccounts({ accounts }: FleetPlan): boolean {
  return accounts.length > 1;
}
