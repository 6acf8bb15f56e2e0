/** How the entries of a plan are shown. */
import type { PlanEntry } from '../../fleet/act/index.ts';
import type { ListAnswer } from './answer.ts';
import type { JsonObject } from './json.ts';
import { formatAge } from './time.ts';

/** What became of an entry, where it was carried out. */
export interface PlanElement {
  readonly entry: PlanEntry;
  readonly outcome?: { readonly kind: string; readonly record?: string; readonly why?: string };
}

export function describePlanEntries(now: Date, isApplied: boolean): ListAnswer<PlanElement> {
  return {
    member: isApplied ? 'Results' : 'Entries',
    toJson: ({ entry, outcome }) => ({
      ...(JSON.parse(JSON.stringify(entry)) as JsonObject),
      ...(outcome && { Outcome: outcome.kind }),
      ...(outcome?.record !== undefined && { Record: outcome.record }),
      ...(outcome?.why !== undefined && { Why: outcome.why }),
    }),
    csvColumns: [
      ...['Account', 'UserName', 'AccessKeyId', 'Action', 'Policy', 'Reason', 'Evidence.source', 'Evidence.at'],
      ...(isApplied ? ['Outcome', 'Record', 'Why'] : []),
    ],
    columns: [
      { title: 'action' },
      { title: 'access key id' },
      { title: 'user', least: 8 },
      { title: isApplied ? 'outcome' : 'why', least: 16 },
      ...(isApplied ? [] : [{ title: 'as of' }]),
    ],
    toRow: ({ entry, outcome }) => [
      { text: entry.Action, ...(entry.Action === 'report' && { style: 'dim' as const }) },
      { text: entry.AccessKeyId ?? '?' },
      { text: entry.UserName },
      outcome === undefined ? { text: entry.Reason } : showOutcome(outcome),
      ...(isApplied ? [] : [{ text: `${formatAge(entry.Evidence.at, now)} ago` }]),
    ],
  };
}

function showOutcome({ kind, record, why }: NonNullable<PlanElement['outcome']>) {
  const text = [kind, record, why].filter(Boolean).join(' ');
  return kind === 'done' || kind === 'passed' ? { text } : { text, style: 'yellow' as const };
}
