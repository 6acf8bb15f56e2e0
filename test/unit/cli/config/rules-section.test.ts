import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../src/cli/config/parse-config.ts';

const day = 86_400_000;
const read = (text: string) => parseConfig(text, 'keyturn.yaml');

describe('rules', () => {
  it('are all as they come where nothing is set', () => {
    expect(read('').rules).toEqual({});
    expect(read('rules:').rules).toEqual({});
  });

  it('have thresholds, severities, and an off', () => {
    const text = `
rules:
  old-key: { warn: 60d, fail: 12h, severity: high, warnSeverity: medium }
  root-key: off
  new-place: false
  ownerless-key: { tags: [owner, team] }
  administrator-key:
    policies: '*Admin*'
`;
    expect(read(text).rules).toEqual({
      'old-key': { severity: 'high', values: { warn: 60 * day, fail: day / 2, warnSeverity: 'medium' } },
      'root-key': { off: true },
      'new-place': { off: true },
      'ownerless-key': { values: { tags: ['owner', 'team'] } },
      'administrator-key': { values: { policies: ['*Admin*'] } },
    });
  });

  it.each([
    ['rules:\n  old-kye: off', '2:3: rules.old-kye is not known; did you mean old-key?'],
    ['rules:\n  old-key:\n    fial: 3d', '3:5: rules.old-key.fial is not known; did you mean fail?'],
    [
      'rules:\n  old-key:\n    fail: 90',
      '3:11: rules.old-key.fail is not a duration: write it as in 90s, 15m, 24h, 7d',
    ],
    ['rules:\n  old-key: {severity: hihg}', '2:23: rules.old-key.severity is none of low, medium, high, critical'],
    ['rules:\n  old-key: on', '2:12: rules.old-key is neither off nor a map of names and values'],
    ['rules:\n  old-key: [1]', '2:12: rules.old-key is not a map of names and values'],
    ['rules:\n  ownerless-key: {tags: []}', '2:25: rules.ownerless-key.tags is empty'],
    ['rules: [old-key]', '1:8: rules is not a map of names and values'],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(`keyturn.yaml:${message}`);
  });
});

describe('exclusions', () => {
  it('are read with one value or several', () => {
    const text = `
exclusions:
  - reason: break glass
    until: 2027-06-30
    user: [breakglass-*, root-backup]
    account: '012345678901'
    rule: old-key
  - { reason: vendor, until: '2027-01-01T08:00:00Z', path: /vendors/, tag: [team=data, legacy] }
`;
    expect(read(text).exclusions).toEqual([
      {
        reason: 'break glass',
        until: new Date('2027-06-30T23:59:59.999Z'),
        users: ['breakglass-*', 'root-backup'],
        accounts: ['012345678901'],
        rules: ['old-key'],
      },
      {
        reason: 'vendor',
        until: new Date('2027-01-01T08:00:00Z'),
        paths: ['/vendors/'],
        tags: ['team=data', 'legacy'],
      },
    ]);
  });

  it.each([
    ['{ until: 2027-01-01, user: a }', 'exclusions.0.reason is missing'],
    ['{ reason: x, user: a }', 'exclusions.0.until is missing'],
    ["{ reason: ' ', until: 2027-01-01, user: a }", 'exclusions.0.reason is empty'],
    ['{ reason: x, until: 2027-01-01 }', 'exclusions.0 says nothing of what it excludes: give it one of user, path,'],
    ['{ reason: x, until: 2027-02-30, user: a }', 'exclusions.0.until is not a date'],
    ['{ reason: x, until: soon, user: a }', 'exclusions.0.until is not a date'],
    ['{ reason: x, until: 2027, user: a }', 'exclusions.0.until is not a date'],
    ['{ reason: x, until: 2027-01-01, user: [] }', 'exclusions.0.user is empty'],
    ['{ reason: x, until: 2027-01-01, users: a }', 'exclusions.0.users is not known; did you mean user?'],
    [
      '{ reason: x, until: 2027-01-01, account: 123456789012 }',
      'exclusions.0.account.0 is not an account id: write its',
    ],
    ['{ reason: x, until: 2027-01-01, path: vendors }', 'exclusions.0.path.0 is not a path: it begins with /'],
    ['{ reason: x, until: 2027-01-01, tag: =a }', 'exclusions.0.tag.0 is not a tag'],
    [
      '{ reason: x, until: 2027-01-01, rule: old-keys }',
      'exclusions.0.rule.0 is not the id of a rule; did you mean old-key?',
    ],
    [
      '{ reason: x, until: 2027-01-01, rule: nothing }',
      'exclusions.0.rule.0 is not the id of a rule; see keyturn rules',
    ],
  ])('%s is refused', (entry, message) => {
    expect(() => read(`exclusions:\n  - ${entry}`)).toThrow(
      new RegExp(`^keyturn\\.yaml:\\d+:\\d+: ${escape(message)}`),
    );
  });
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
