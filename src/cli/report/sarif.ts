/**
 * SARIF 2.1.0, for GitHub code scanning and whatever else reads it. The worst findings come first: GitHub takes 25,000
 * results of a run.
 *
 * Findings are about users and keys, not lines of files; as code scanning asks for a file, each has the path that its user
 * would have in a tree of accounts: `aws/123456789012/iam/user/alice`.
 *
 * Sources: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html and
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
import type { Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { fingerprint } from '../../fleet/report/index.ts';
import { listPlaces, rules, type Finding, type Rule, type Severity } from '../../fleet/rules/index.ts';
import { cleanText } from '../output/display-width.ts';
import { version } from '../version.ts';
import type { Report } from './report.ts';

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
/** The numbers by which GitHub tells critical (over 9.0), high, medium and low apart. */
const scores: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' };
const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

export function* writeSarif(report: Report): Generator<string> {
  const empty = JSON.stringify(composeLog(report), null, 2);
  const [head = '', tail = ''] = empty.split('"results": []');
  yield `${head}"results": [`;
  let separator = '\n';
  for (const finding of report.findings()) {
    yield `${separator}        ${JSON.stringify(composeResult(finding))}`;
    separator = ',\n';
  }
  yield `${separator === '\n' ? '' : '\n      '}]${tail}\n`;
}

function composeLog({ now, tally }: Report): Log {
  const gaps = tally.accounts.flatMap(({ account }) => account.gaps.map((gap) => composeGap(account.Account, gap)));
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'keyturn', version, semanticVersion: version, rules: rules.map(composeRule) } },
        automationDetails: { id: 'keyturn/audit/' },
        invocations: [{ executionSuccessful: true, endTimeUtc: now.toISOString(), toolExecutionNotifications: gaps }],
        columnKind: 'utf16CodeUnits',
        results: [],
      },
    ],
  };
}

function composeGap(account: string, gap: string): Notification {
  return { level: 'warning', message: { text: `account ${account}: ${cleanText(gap)}` } };
}

function composeRule({ id, title, severity, rationale, remedy, frameworks }: Rule): ReportingDescriptor {
  const places = listPlaces(frameworks).map(({ standard, place }) => `${standard}: ${place}`);
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: rationale },
    help: {
      text: `${rationale}\n\nWhat to do: ${remedy}.`,
      markdown: `${rationale}\n\n**What to do**: ${remedy}.\n\n${places.map((place) => `- ${place}\n`).join('')}`,
    },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['security', 'aws', 'iam', ...places],
      precision: 'high',
      'security-severity': scores[severity],
    },
  };
}

function composeResult(finding: Finding): Result {
  const { rule, severity, Account, UserName, Arn, AccessKeyId, message, remedy, replacement } = finding;
  const subject = AccessKeyId === undefined ? UserName : `${UserName}, access key ${AccessKeyId}`;
  const instead = replacement === undefined ? '' : ` Instead: ${replacement.text} (${replacement.because}).`;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: levels[severity],
    message: { text: cleanText(`${subject}, account ${Account}: ${message}. What to do: ${remedy}.${instead}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: locate(finding) }, region: { startLine: 1 } },
        logicalLocations: [
          { fullyQualifiedName: AccessKeyId === undefined ? Arn : `${Arn}/${AccessKeyId}`, kind: 'resource' },
        ],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${fingerprint(finding)}:1` },
    properties: { 'security-severity': scores[severity], account: Account },
  };
}

/** The path of the user in a tree of accounts, as a relative reference (RFC 3986). */
function locate({ Account, UserName, Arn }: Finding): string {
  const resource = Arn.split(':').slice(5).join(':');
  const path = resource === 'root' ? `root` : resource || `user/${UserName}`;
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => encodeURIComponent(segment));
  return `aws/${Account}/iam/${segments.join('/')}`;
}
