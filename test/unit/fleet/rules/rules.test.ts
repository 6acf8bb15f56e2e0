import { describe, expect, it } from 'vitest';
import { judge, rules, type Finding } from '../../../../src/fleet/rules/index.ts';
import { account, now, readRuleCases, readSettings, readUser } from '../../../vectors/rules/read.ts';

const files = readRuleCases();

function describeFinding({ severity, AccessKeyId, ServiceSpecificCredentialId, message }: Finding): string {
  return `${severity} ${AccessKeyId ?? ServiceSpecificCredentialId ?? '-'} ${message}`;
}

/** A `*` at the end of what is expected stands for any end. */
function trimTo(found: readonly string[], expected: readonly string[]): string[] {
  return found.map((text, index) => {
    const wanted = expected[index] ?? '';
    return wanted.endsWith('*') && text.startsWith(wanted.slice(0, -1)) ? wanted : text;
  });
}

describe.each(files)('$file', ({ rule, cases }) => {
  it.each(cases)('$name', ({ user, settings, expect: expected, unknown = false }) => {
    const { findings } = judge(readUser(user), account, readSettings(settings), now);
    const found = findings.filter((finding) => finding.rule === rule).map(describeFinding);
    expect(trimTo(found, expected)).toEqual(expected);
    if (rule === 'unknown-evidence') return;
    const missed = findings.some((finding) => finding.rule === 'unknown-evidence' && finding.message.includes(rule));
    expect(missed).toBe(unknown);
  });
});

it('has cases for every rule', () => {
  expect(new Set(files.map(({ rule }) => rule))).toEqual(new Set(rules.map(({ id }) => id)));
  expect(files.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(150);
});

it('keeps what an exclusion takes out', () => {
  const user = readUser({ keys: [{ id: 'A', status: 'Active', created: '100d', used: '1h s3 us-east-1' }] });
  const settings = readSettings({ exclusions: [{ reason: 'a printer', until: '-1d', users: ['alice'] }] });
  const { findings, excluded } = judge(user, account, settings, now);
  expect(findings).toEqual([]);
  expect(excluded).toMatchObject([{ finding: { rule: 'old-key' }, exclusion: { reason: 'a printer' } }]);
});

describe('a rule', () => {
  it.each(rules)('$id explains itself', ({ id, title, rationale, remedy, parameters }) => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const text of [title, remedy]) expect(text).not.toMatch(/\.$/);
    expect(rationale).toMatch(/\.$/);
    for (const { meaning } of Object.values(parameters)) expect(meaning).not.toBe('');
  });
});
