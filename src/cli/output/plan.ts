/** How the entries of a plan are shown, and what became of them. */
import type { PlanEntry } from '../../fleet/act/index.ts';
import type { ListAnswer } from './answer.ts';
import type { JsonObject } from './json.ts';
import type { Cell } from './table.ts';
import { formatAge } from './time.ts';

export interface PlanElement {
  readonly entry: PlanEntry;
  /** Where it was carried out. */
  readonly outcome?: { readonly kind: string; readonly record?: string; readonly why?: string };
}

export interface PlanLook {
  readonly isApplied: boolean;
  readonly spansAccounts: boolean;
  /** From when the age of the evidence is counted. */
  readonly now?: Date;
}

export function describePlanEntries({ isApplied, spansAccounts, now }: PlanLook): ListAnswer<PlanElement> {
  return {
    member: isApplied ? 'Results' : 'Entries',
    toJson: ({ entry, outcome }) => ({
      ...(JSON.parse(JSON.stringify(entry)) as JsonObject),
      ...(outcome && { Outcome: outcome.kind }),
      ...(outcome?.record !== undefined && { Record: outcome.record }),
      ...(outcome?.why !== undefined && { Why: outcome.why }),
    }),
    csvColumns: [
      ...['Account', 'UserName', 'UserId', 'AccessKeyId', 'Action', 'Policy', 'Reason'],
      ...['Evidence.Source', 'Evidence.ReadAt', ...(isApplied ? ['Outcome', 'Record', 'Why'] : [])],
    ],
    columns: [
      { title: 'action' },
      ...(spansAccounts ? [{ title: 'account' }] : []),
      { title: 'access key id' },
      { title: 'user', least: 6 },
      { title: isApplied ? 'outcome' : 'why', least: 14 },
      ...(now ? [{ title: 'age' }] : []),
    ],
    toRow: ({ entry, outcome }) => [
      { text: entry.Action, ...(entry.Action === 'report' && { style: 'dim' as const }) },
      ...(spansAccounts ? [{ text: entry.Account }] : []),
      { text: entry.AccessKeyId ?? '-' },
      { text: entry.UserName },
      outcome === undefined ? { text: entry.Reason } : showOutcome(outcome),
      ...(now ? [{ text: formatAge(entry.Evidence.ReadAt, now) }] : []),
    ],
  };
}

function showOutcome({ kind, record, why }: NonNullable<PlanElement['outcome']>): Cell {
  const text = [kind, record, why].filter(Boolean).join(' ');
  return kind === 'done' || kind === 'passed' ? { text } : { text, style: 'yellow' };
}
