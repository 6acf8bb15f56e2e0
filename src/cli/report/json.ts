/** The JSON of docs/contract.md: of findings, accounts and the summary. */
import type { AccountFacts } from '../../fleet/facts.ts';
import { fingerprint, sumCounts, type AccountTally, type SeverityCounts } from '../../fleet/report/index.ts';
import type { Evidence, Finding } from '../../fleet/rules/index.ts';
import type { JsonObject } from '../output/json.ts';
import { formatTime } from '../output/time.ts';
import type { Report } from './report.ts';

export function findingToJson(finding: Finding): JsonObject {
  const { rule, severity, Account, AccountName, UserName, Arn, AccessKeyId, ServiceSpecificCredentialId } = finding;
  const { message, remedy, replacement, since, evidence } = finding;
  return {
    Rule: rule,
    Severity: severity,
    Account,
    ...(AccountName !== undefined && { AccountName }),
    UserName,
    Arn,
    ...(AccessKeyId !== undefined && { AccessKeyId }),
    ...(ServiceSpecificCredentialId !== undefined && { ServiceSpecificCredentialId }),
    Message: message,
    Remedy: remedy,
    ...(replacement !== undefined && {
      Replacement: { Kind: replacement.kind, Text: replacement.text, Because: replacement.because },
    }),
    ...(since !== undefined && { Since: formatTime(since) }),
    Evidence: evidence.map(evidenceToJson),
    Fingerprint: fingerprint(finding),
  };
}

function evidenceToJson({ fact, value, source, at }: Evidence): JsonObject {
  return { Fact: fact, Value: value, Source: source, ReadAt: formatTime(at) };
}

/** Severities as the JSON writes them, the worst first. */
function countsToJson(counts: SeverityCounts): JsonObject {
  return { Critical: counts.critical, High: counts.high, Medium: counts.medium, Low: counts.low };
}

export function accountToJson({ account, users, accessKeys }: Omit<AccountTally, 'findings'>): JsonObject {
  return { ...factsToJson(account), Users: users, AccessKeys: accessKeys, Gaps: [...account.gaps] };
}

export function auditedAccountToJson(tally: AccountTally): JsonObject {
  return { ...accountToJson(tally), Findings: countsToJson(tally.findings) };
}

function factsToJson({ Account, partition, Name, Alias, reportGeneratedAt, scannedAt }: AccountFacts): JsonObject {
  return {
    Account,
    ...(Name !== undefined && { Name }),
    ...(Alias !== undefined && { Alias }),
    Partition: partition,
    ...(reportGeneratedAt !== undefined && { ReportGeneratedAt: formatTime(reportGeneratedAt) }),
    ScannedAt: formatTime(scannedAt),
  };
}

export function summaryToJson({ now, tally, cost, expired }: Report): JsonObject {
  return {
    JudgedAt: formatTime(now),
    ...(tally.oldestFact !== undefined && { OldestFact: formatTime(tally.oldestFact) }),
    Accounts: tally.accounts.length,
    Users: tally.users,
    AccessKeys: tally.accessKeys,
    ActiveAccessKeys: tally.activeAccessKeys,
    Findings: { Total: sumCounts(tally.findings), ...countsToJson(tally.findings) },
    Rules: Object.fromEntries([...tally.byRule].map(([rule, counts]) => [rule, sumCounts(counts)])),
    Excluded: tally.excluded,
    ExpiredExclusions: expired.map(({ reason, until }) => ({ Reason: reason, Until: formatTime(until) })),
    Calls: cost.total,
    ThrottledCalls: cost.throttled,
  };
}

/** The whole document, element by element: it is never in memory at once. */
export function* writeJson(report: Report): Generator<string> {
  yield `{\n  "Summary": ${indent(summaryToJson(report), 2)},\n`;
  yield* writeList('Accounts', report.tally.accounts, auditedAccountToJson);
  yield ',\n';
  yield* writeList('Findings', report.findings(), findingToJson);
  yield '\n}\n';
}

/** A member that is a list, with nothing after it. */
export function* writeList<Element>(
  name: string,
  elements: Iterable<Element>,
  toJson: (element: Element) => JsonObject,
): Generator<string> {
  yield `  "${name}": [`;
  let isFirst = true;
  for (const element of elements) {
    yield `${isFirst ? '' : ','}\n    ${indent(toJson(element), 4)}`;
    isFirst = false;
  }
  yield isFirst ? ']' : '\n  ]';
}

function indent(value: JsonObject, spaces: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(spaces)}`);
}
