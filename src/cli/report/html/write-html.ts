/**
 * A report that is one file: it loads nothing, runs nothing, and says so to the browser (Content-Security-Policy). It can be
 * mailed, archived and printed.
 */
import { createHash } from 'node:crypto';
import { sumCounts, type AccountTally, type SeverityCounts, type Tally } from '../../../fleet/report/index.ts';
import { findRule, listPlaces, severities, type Evidence, type Finding } from '../../../fleet/rules/index.ts';
import { formatAge, formatTime } from '../../output/time.ts';
import { version } from '../../version.ts';
import type { Report } from '../report.ts';
import { count, describeAge } from '../summary.ts';
import { markup, Markup } from './markup.ts';
import { compareAccounts, drawPictures } from './pictures.ts';
import { style } from './style.ts';

/** As many rows as a browser shows without effort, and a person may still read. */
const mostFindings = 2_000;
const mostAccounts = 2_000;

export function* writeHtml(report: Report): Generator<string> {
  const { tally, now } = report;
  yield writeHead(report).text;
  yield markup`<main id="report">${writeTiles(tally)}${writeSteps(tally)}
<h2>The keys in pictures</h2>
${drawPictures(tally, now)}
`.text;
  yield* writeFindings(report);
  yield writeGaps(report).text;
  yield writeAccounts(tally, now).text;
  yield writeRules(tally).text;
  yield markup`</main>
<footer><p>Made by keyturn ${version} with ${count(report.cost.total, 'API call')}${report.cost.throttled === 0 ? '' : `, ${report.cost.throttled} of them throttled`}. Dates are UTC. The credential report of AWS may be four hours old: read the last use live before anything is deleted.</p></footer>
</body>
</html>
`.text;
}

function writeHead(report: Report): Markup {
  const { tally, now } = report;
  const sheet = new Markup(style);
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const title = `Access key audit, ${formatTime(now).slice(0, 10)}`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${sheet}</style>
</head>
<body>
<a class="skip" href="#report">to the report</a>
<header class="masthead">
<p class="eyebrow">AWS IAM access keys · ${describeScope(tally)}</p>
<h1>${writeHeadline(tally)}</h1>
<p>Judged on ${formatTime(now).replace('T', ' at ').replace('Z', ' UTC')}; ${describeAge(report)}.</p>
</header>
`;
}

function describeScope({ accounts }: Tally): string {
  const [first] = accounts;
  if (accounts.length !== 1 || first === undefined) return count(accounts.length, 'account');
  const { Account, Name, Alias } = first.account;
  return ['account', Account, Name ?? Alias].filter((part) => part !== undefined).join(' ');
}

function writeHeadline({ findings, activeAccessKeys }: Tally): string {
  const urgent = findings.critical + findings.high;
  if (urgent > 0) return `${count(urgent, 'finding')} ${urgent === 1 ? 'needs' : 'need'} someone today`;
  const total = sumCounts(findings);
  if (total > 0) return `Nothing urgent; ${count(total, 'finding')} to work on`;
  return `No findings on ${count(activeAccessKeys, 'Active access key')}`;
}

function writeTiles({ accounts, users, accessKeys, activeAccessKeys, findings }: Tally): Markup {
  const keys = `access keys, ${activeAccessKeys} Active`;
  return markup`<ul class="tiles">
${severities.toReversed().map((severity) => markup`<li class="tile ${findings[severity] === 0 ? 'zero' : severity}"><b>${formatNumber(findings[severity])}</b><span>${severity}</span></li>`)}
<li class="tile"><b>${formatNumber(accessKeys)}</b><span>${keys}</span></li>
<li class="tile"><b>${formatNumber(users)}</b><span>users</span></li>
<li class="tile"><b>${formatNumber(accounts.length)}</b><span>${accounts.length === 1 ? 'account' : 'accounts'}</span></li>
</ul>
`;
}

function formatNumber(value: number): string {
  return value.toLocaleString('en-US');
}

/** What to do first: a step for each rule that found something, the worst first. */
function writeSteps({ byRule }: Tally): Markup {
  const steps = [...byRule].map(([id, counts]) => ({ id, counts, worst: findWorst(counts) })).sort(compareSteps);
  if (steps.length === 0) {
    return markup`<h2>What to do first</h2><p class="card good">Nothing: no rule found anything.</p>`;
  }
  return markup`<h2>What to do first</h2>
<ol class="steps">
${steps.map(
  ({
    id,
    counts,
    worst,
  }) => markup`<li class="${worst}"><b>${formatNumber(sumCounts(counts))}</b><div><h3>${capitalize(findRule(id)?.title ?? id)}</h3><p class="do">${capitalize(findRule(id)?.remedy ?? '')}.</p></div></li>
`,
)}</ol>
`;
}

interface StepOrder {
  readonly worst: string;
  readonly counts: SeverityCounts;
}

function compareSteps(a: StepOrder, b: StepOrder): number {
  const order = severities.toReversed().map(String);
  return order.indexOf(a.worst) - order.indexOf(b.worst) || sumCounts(b.counts) - sumCounts(a.counts);
}

function findWorst(counts: SeverityCounts): string {
  return severities.toReversed().find((severity) => counts[severity] > 0) ?? 'low';
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function* writeFindings(report: Report): Generator<string> {
  const total = sumCounts(report.tally.findings);
  if (total === 0) return;
  const withAccount = report.tally.accounts.length > 1;
  const shown = Math.min(total, mostFindings);
  const hint =
    shown < total ? `The ${shown} worst of ${total}; keyturn audit --output csv has all.` : 'The worst first.';
  yield markup`<h2 id="findings">Findings</h2>
<p class="hint">${hint}</p>
<div class="wide"><table aria-labelledby="findings">
<thead><tr><th scope="col">Severity</th>${withAccount ? markup`<th scope="col">Account</th>` : markup``}<th scope="col">User</th><th scope="col">Access key</th><th scope="col">Finding</th></tr></thead>
<tbody>
`.text;
  let written = 0;
  for (const finding of report.findings()) {
    yield writeFinding(finding, withAccount, report.now).text;
    written += 1;
    if (written === mostFindings) break;
  }
  yield '</tbody>\n</table></div>\n';
}

function writeFinding(finding: Finding, withAccount: boolean, now: Date): Markup {
  const { severity, Account, AccountName, UserName, AccessKeyId, ServiceSpecificCredentialId, message } = finding;
  const id = AccessKeyId ?? ServiceSpecificCredentialId;
  const account = markup`<td class="id"><code>${Account}</code>${AccountName === undefined ? markup`` : markup`<span class="more">${AccountName}</span>`}</td>`;
  return markup`<tr><td><span class="badge ${severity}">${severity}</span></td>${withAccount ? account : markup``}<td class="name">${UserName}</td><td class="id">${id === undefined ? markup`` : markup`<code>${id}</code>`}</td><td>${capitalize(message)}${writeReplacement(finding)}${writeEvidence(finding.evidence, now)}</td></tr>
`;
}

function writeReplacement({ replacement }: Finding): Markup {
  if (replacement === undefined) return markup``;
  return markup`<span class="more">Instead: ${replacement.text} (${replacement.because}).</span>`;
}

function writeEvidence(evidence: readonly Evidence[], now: Date): Markup {
  if (evidence.length === 0) return markup``;
  const facts = evidence.map(
    ({ fact, value, source, at }) => markup`<li>${fact} ${value}: ${source}, ${formatAge(at, now)} old</li>`,
  );
  return markup`<details><summary>evidence</summary><ul>${facts}</ul></details>`;
}

function writeGaps({ tally, expired, now }: Report): Markup {
  const gaps = tally.accounts.flatMap(({ account }) =>
    account.gaps.map((gap) => markup`<li><code>${account.Account}</code> ${gap}</li>`),
  );
  const ended = expired.map(
    ({ reason, until }) => markup`<li>${formatTime(until).slice(0, 10)}, ${formatAge(until, now)} ago: ${reason}</li>`,
  );
  const excluded = [...tally.byExclusion].map(
    ([{ reason, until }, number]) =>
      markup`<li>${count(number, 'finding')}, until ${formatTime(until).slice(0, 10)}: ${reason}</li>`,
  );
  return markup`${writeNote('What could not be read', 'It counts neither as good nor as bad.', gaps)}${writeNote('Exclusions that have run out', 'They exclude nothing any longer.', ended)}${writeNote('Excluded', 'Findings that someone decided to live with for a while.', excluded)}`;
}

const mostNotes = 200;

function writeNote(title: string, hint: string, entries: readonly Markup[]): Markup {
  if (entries.length === 0) return markup``;
  const rest = entries.length > mostNotes ? markup`<li>and ${entries.length - mostNotes} more</li>` : markup``;
  return markup`<h2>${title}</h2>
<div class="card note"><p class="hint">${hint}</p><ul>${entries.slice(0, mostNotes)}${rest}</ul></div>
`;
}

function writeAccounts({ accounts }: Tally, now: Date): Markup {
  const sorted = accounts.toSorted(compareAccounts);
  const rest = sorted.length - mostAccounts;
  return markup`<h2 id="accounts">Accounts</h2>
<div class="wide"><table aria-labelledby="accounts">
<thead><tr><th scope="col">Account</th><th scope="col" class="number">Users</th><th scope="col" class="number">Access keys</th>${severities.toReversed().map((severity) => markup`<th scope="col" class="number">${capitalize(severity)}</th>`)}<th scope="col">Credential report</th></tr></thead>
<tbody>
${sorted.slice(0, mostAccounts).map((tally) => writeAccount(tally, now))}</tbody>
</table></div>
${rest > 0 ? markup`<p class="hint">and ${rest} more</p>` : markup``}`;
}

function writeAccount({ account, users, accessKeys, findings }: AccountTally, now: Date): Markup {
  const { Account, Name, Alias, reportGeneratedAt } = account;
  const name = Name ?? Alias;
  const age = reportGeneratedAt === undefined ? 'none' : `${formatAge(reportGeneratedAt, now)} old`;
  const numbers = [users, accessKeys, ...severities.toReversed().map((severity) => findings[severity])];
  return markup`<tr><td><code>${Account}</code>${name === undefined ? markup`` : markup`<span class="more">${name}</span>`}</td>${numbers.map((number) => markup`<td class="number">${number === 0 ? markup`<span class="empty">0</span>` : formatNumber(number)}</td>`)}<td>${age}</td></tr>
`;
}

/** Why the rules that found something are there, and where auditors ask for them. */
function writeRules({ byRule }: Tally): Markup {
  const found = [...byRule.keys()].flatMap((id) => findRule(id) ?? []);
  if (found.length === 0) return markup``;
  return markup`<h2 id="rules">The rules behind it</h2>
<div class="wide"><table aria-labelledby="rules">
<thead><tr><th scope="col">Rule</th><th scope="col">Why</th><th scope="col">Asked for by</th></tr></thead>
<tbody>
${found.map(({ id, title, rationale, frameworks }) => {
  const places = Map.groupBy(listPlaces(frameworks), ({ standard }) => standard);
  const named = [...places].map(
    ([standard, among]) => markup`<span class="more">${standard}: ${among.map(({ place }) => place).join(', ')}</span>`,
  );
  return markup`<tr><td class="id"><code>${id}</code><span class="more">${capitalize(title)}</span></td><td>${rationale}</td><td>${named}</td></tr>
`;
})}</tbody>
</table></div>
`;
}
