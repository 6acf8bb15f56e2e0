import type { AccountTally, SeverityCounts, Tally } from '../../../fleet/report/index.ts';
import { sumCounts } from '../../../fleet/report/index.ts';
import { rules, severities } from '../../../fleet/rules/index.ts';
import { drawColumns, drawKey, drawRows, type Bar } from './charts.ts';
import { markup, type Markup } from './markup.ts';

const mostAccounts = 12;
const months = 24;

/** The pictures of a report: how old, how long unused, and where. */
export function drawPictures(tally: Tally, now: Date): Markup {
  return markup`<div class="pictures">${drawAges(tally)}${drawLastUses(tally, now)}${drawRules(tally)}${drawAccounts(tally)}</div>`;
}

function drawAges({ ages, ageUnknown }: Tally): Markup {
  const bars = ages.map(({ label, active, inactive }) => ({
    label,
    segments: [
      { value: active, kind: 'main', name: 'Active' },
      { value: inactive, kind: 'faint', name: 'Inactive' },
    ],
  }));
  const title = 'Age of the access keys';
  const hint = ageUnknown === 0 ? '' : ` The age of ${ageUnknown} more is not known.`;
  return markup`<figure class="card"><figcaption>${title}</figcaption>
<p class="hint">CIS asks for a new key after 90 days at the latest.${hint}</p>
${drawColumns(bars, title, { mark: { after: 3, label: '90 days' } })}
${drawKey([
  ['main', 'Active'],
  ['faint', 'Inactive'],
])}</figure>`;
}

function drawLastUses({ lastUses, neverUsed, useUnknown }: Tally, now: Date): Markup {
  const names = listMonths(now);
  const [first = ''] = names;
  const before = [...lastUses].filter(([month]) => month < first).reduce((sum, [, number]) => sum + number, 0);
  const bars = names.map((month) => toBar(month, lastUses.get(month) ?? 0));
  const title = 'Last use of the Active keys, by month';
  const rest = [
    ...(before > 0 ? [`${before} earlier than ${first}`] : []),
    ...(neverUsed > 0 ? [`${neverUsed} never used`] : []),
    ...(useUnknown > 0 ? [`${useUnknown} not known`] : []),
  ];
  return markup`<figure class="card"><figcaption>${title}</figcaption>
<p class="hint">${rest.length === 0 ? 'All Active keys are in the picture.' : `Not in the picture: ${rest.join(', ')}.`}</p>
${drawColumns(bars, title)}
${drawKey([['main', 'Active keys last used in that month']])}</figure>`;
}

function toBar(label: string, value: number): Bar {
  return { label, segments: [{ value, kind: 'main', name: 'keys' }] };
}

/** The months up to now, `2026-11` the last. */
function listMonths(now: Date): string[] {
  return Array.from({ length: months }, (_, index) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1 + index, 1)).toISOString().slice(0, 7),
  );
}

function drawRules({ byRule }: Tally): Markup {
  const bars = rules.flatMap(({ id }) => {
    const counts = byRule.get(id);
    return counts === undefined ? [] : [{ label: id, segments: toSegments(counts) }];
  });
  const title = 'Findings by rule';
  return markup`<figure class="card"><figcaption>${title}</figcaption>
<p class="hint">${bars.length === 0 ? 'No rule has any.' : 'The most dangerous rules first.'}</p>
${drawRows(bars, title)}
${drawSeverityKey()}</figure>`;
}

function toSegments(counts: SeverityCounts): Bar['segments'] {
  return severities.toReversed().map((severity) => ({ value: counts[severity], kind: severity, name: severity }));
}

function drawSeverityKey(): Markup {
  return drawKey(severities.toReversed().map((severity) => [severity, severity]));
}

function drawAccounts({ accounts }: Tally): Markup {
  const found = accounts.filter(({ findings }) => sumCounts(findings) > 0).sort(compareAccounts);
  const bars = found.slice(0, mostAccounts).map(({ account, findings }) => ({
    label: account.Name === undefined ? account.Account : `${account.Account} ${account.Name}`,
    segments: toSegments(findings),
  }));
  const title = 'Findings by account';
  const hidden = found.length - bars.length;
  const hint =
    found.length === 0
      ? 'No account has any.'
      : hidden === 0
        ? 'The accounts with the worst findings first.'
        : `The ${bars.length} accounts with the worst findings; ${hidden} more are in the table below.`;
  return markup`<figure class="card"><figcaption>${title}</figcaption>
<p class="hint">${hint}</p>
${drawRows(bars, title)}
${drawSeverityKey()}</figure>`;
}

/** The most critical findings first, then the most high ones, and so on. */
export function compareAccounts(a: AccountTally, b: AccountTally): number {
  for (const severity of severities.toReversed()) {
    const difference = b.findings[severity] - a.findings[severity];
    if (difference !== 0) return difference;
  }
  return a.account.Account < b.account.Account ? -1 : 1;
}
