/** A report for places that show Markdown, such as the summary of a CI job: it is kept short, the worst first. */
import { listPlaces, findRule, type Finding } from '../../fleet/rules/index.ts';
import { cleanText } from '../output/display-width.ts';
import { formatTime } from '../output/time.ts';
import type { Report } from './report.ts';
import { describeAge, describeSummary } from './summary.ts';

const mostFindings = 200;

export function* writeMarkdown(report: Report): Generator<string> {
  const { tally, now, expired } = report;
  yield `# Access keys\n\n${escapeMarkdown(describeSummary(report))}\n\n`;
  yield `Judged at ${formatTime(now)}; ${escapeMarkdown(describeAge(report))}.\n\n`;
  yield* writeFindings(report);
  const gaps = tally.accounts.flatMap(({ account }) => account.gaps.map((gap) => ({ account, gap })));
  if (gaps.length > 0) yield `## What could not be read\n\n`;
  for (const { account, gap } of gaps) yield `- ${account.Account}: ${escapeMarkdown(gap)}\n`;
  if (expired.length > 0) yield `\n## Exclusions that have run out\n\n`;
  for (const { reason, until } of expired) yield `- until ${formatTime(until)}: ${escapeMarkdown(reason)}\n`;
}

function* writeFindings(report: Report): Generator<string> {
  const { byRule } = report.tally;
  if (byRule.size === 0) return;
  yield '| Severity | Account | User | Access key | Finding | Instead |\n|---|---|---|---|---|---|\n';
  let count = 0;
  for (const finding of report.findings()) {
    count += 1;
    if (count > mostFindings) break;
    yield writeRow(finding);
  }
  if (count > mostFindings) yield `\nThese are the ${mostFindings} worst; \`--output csv\` has all.\n`;
  yield '\n## What to do\n\n';
  for (const id of byRule.keys()) {
    const rule = findRule(id);
    if (rule === undefined) continue;
    const places = listPlaces(rule.frameworks).filter(({ standard }) => /7\.0|Hub/.test(standard));
    const named = places.map(({ standard, place }) => `${standard} ${place}`).join(', ');
    yield `- **${rule.id}**${named === '' ? '' : ` (${named})`}: ${escapeMarkdown(rule.remedy)}\n`;
  }
  yield '\n';
}

function writeRow({ severity, Account, AccountName, UserName, AccessKeyId, message, replacement }: Finding): string {
  const account = AccountName === undefined ? Account : `${Account} ${AccountName}`;
  const cells = [severity, account, UserName, AccessKeyId ?? '', message, replacement?.text ?? ''];
  return `| ${cells.map(escapeMarkdown).join(' | ')} |\n`;
}

/** What Markdown or HTML would take for more than text. */
export function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]#|~@!]/g, (character) => `\\${character}`);
}
