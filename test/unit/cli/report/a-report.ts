/** A report made of users that nobody would like to have, for the tests of every form. */
import { createTallier } from '../../../../src/fleet/report/index.ts';
import { judge, rankDanger, type AuditSettings, type Finding } from '../../../../src/fleet/rules/index.ts';
import type { Report } from '../../../../src/cli/report/report.ts';
import { account, now, readSettings, readUser, type CaseUser } from '../../../vectors/rules/read.ts';

export interface ReportParts {
  readonly users?: readonly CaseUser[];
  readonly gaps?: readonly string[];
  readonly name?: string;
  readonly settings?: AuditSettings;
}

const key = { id: 'AKIARZPUZDIKAAAAAAAA', status: 'Active', created: '400d', used: '200d s3 us-east-1' };

/** Names and tags that try to be more than text. */
export const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '=HYPERLINK("http://example.com","x")',
  '\u001b[31mred\u001b[0m',
  'line\nbreak\r\u2028here',
  '| a | b |\n|---|---|',
  '[link](javascript:alert(1)) `code` **bold** @everyone',
  '\u202egnp.exe',
  '${7*7} {{7*7}} &amp; &#60;',
  ']]></title><h1>',
];

export const usualUsers: readonly CaseUser[] = [
  { root: true, keys: [{ ...key, id: 'AKIARZPUZDIKBBBBBBBB' }] },
  { name: 'alice', password: true, policies: ['AdministratorAccess'], keys: [key] },
  { name: 'svc-mailer', keys: [{ ...key, used: 'unknown: AccessDenied' }], tags: {} },
  {
    name: 'bob',
    keys: [],
    credentials: [{ id: 'ACCA1', service: 'bedrock.amazonaws.com', status: 'Active', created: '300d' }],
  },
];

export const hostileUsers: readonly CaseUser[] = hostile.map((name) => ({
  name,
  keys: [
    { ...key, used: `1d ${name.replaceAll(' ', '_')} us-east-1` },
    { ...key, id: 'B', used: `unknown: ${name}` },
  ],
  tags: { [name]: name },
  policies: [name, 'AWSCompromisedKeyQuarantineV3', `AdministratorAccess from ${name}`],
}));

export function makeReport({
  users = usualUsers,
  gaps = [],
  name,
  settings = readSettings(),
}: ReportParts = {}): Report {
  const tallier = createTallier(now);
  const facts = { ...account, gaps, ...(name !== undefined && { Name: name }) };
  const findings: Finding[] = [];
  tallier.openAccount(facts);
  for (const user of users.map(readUser)) {
    const judgement = judge(user, facts, settings, now);
    tallier.addUser(user, judgement);
    findings.push(...judgement.findings);
  }
  findings.sort((a, b) => rankDanger(b, now) - rankDanger(a, now));
  const expired = [{ reason: name ?? 'a printer', until: new Date('2026-01-01T23:59:59Z'), users: ['x'] }];
  return {
    now,
    tally: tallier.result(),
    cost: { calls: {}, total: 12, throttled: 1 },
    expired,
    findings: () => findings,
  };
}
