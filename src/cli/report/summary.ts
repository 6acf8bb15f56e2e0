/** What is said of an audit in a line, whatever the form of its report. */
import { sumCounts } from '../../fleet/report/index.ts';
import { severities } from '../../fleet/rules/index.ts';
import { formatAge } from '../output/time.ts';
import type { Report } from './report.ts';

/** `4 accounts, 120 users, 87 access keys (71 active): 12 findings (2 critical, 10 medium), 3 excluded; 21 calls`. */
export function describeSummary({ tally, cost }: Report): string {
  const { accounts, users, accessKeys, activeAccessKeys, findings, excluded } = tally;
  const counts = severities
    .toReversed()
    .filter((severity) => findings[severity] > 0)
    .map((severity) => `${findings[severity]} ${severity}`);
  const total = sumCounts(findings);
  return [
    `${count(accounts.length, 'account')}, ${count(users, 'user')}, `,
    `${count(accessKeys, 'access key')} (${activeAccessKeys} Active): `,
    total === 0 ? 'no findings' : `${count(total, 'finding')} (${counts.join(', ')})`,
    excluded === 0 ? '' : `, ${excluded} excluded`,
    `; ${count(cost.total, 'call')}`,
    cost.throttled === 0 ? '' : `, ${cost.throttled} of them throttled`,
  ].join('');
}

/** How old what was judged is. */
export function describeAge({ tally: { oldestFact }, now }: Report): string {
  return oldestFact === undefined ? 'nothing was read' : `the oldest fact is ${formatAge(oldestFact, now)} old`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
