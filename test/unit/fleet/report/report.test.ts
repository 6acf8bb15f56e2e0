import { describe, expect, it } from 'vitest';
import {
  createSpool,
  fingerprint,
  judgeUnreadAccount,
  readFinding,
  writeFinding,
} from '../../../../src/fleet/report/index.ts';
import { defaultSettings, judge, type Finding } from '../../../../src/fleet/rules/index.ts';
import { openSqlite } from '../../../../src/sqlite/open-sqlite.ts';
import { account, now, readUser, type CaseUser } from '../../../vectors/rules/read.ts';

function judgeUser(user: CaseUser): readonly Finding[] {
  return judge(readUser(user), account, defaultSettings, now).findings;
}

const user = { keys: [{ id: 'A', status: 'Active', created: '100d', used: '60d s3 us-east-1' }] };

describe('a spool', () => {
  it('gives back the highest rank first, and equals as they came, as often as it is asked', () => {
    const spool = createSpool(openSqlite);
    for (const [rank, text] of [
      [1, 'c'],
      [3, 'a'],
      [2, 'b'],
      [1, 'd'],
    ] as const)
      spool.add(rank, text);
    expect([...spool.read()].join('')).toBe('abcd');
    expect([...spool.read()].join('')).toBe('abcd');
    spool.close();
  });

  it('may be left in the middle', () => {
    const spool = createSpool(openSqlite);
    for (let rank = 0; rank < 100; rank += 1) spool.add(rank, String(rank));
    for (const text of spool.read()) if (text === '90') break;
    expect([...spool.read()]).toHaveLength(100);
    spool.close();
  });
});

it('a finding comes back from its text as it was', () => {
  for (const finding of judgeUser(user)) expect(readFinding(writeFinding(finding))).toEqual(finding);
});

describe('a fingerprint', () => {
  it('is the same a day later, and for the name in another case', () => {
    const [first] = judgeUser(user);
    const [later] = judgeUser({
      ...user,
      name: 'ALICE',
      keys: [{ id: 'A', status: 'Active', created: '101d', used: '61d s3 us-east-1' }],
    });
    expect(first && fingerprint(first)).toBe(later && fingerprint(later));
  });

  it('differs between the keys of a user whose ids are not known', () => {
    const key = { status: 'Active', used: 'never' };
    const findings = judgeUser({
      keys: [
        { ...key, rotated: '100d' },
        { ...key, rotated: '101d' },
      ],
    });
    expect(new Set(findings.map(fingerprint)).size).toBe(findings.length);
  });
});

it('an account of which nothing could be read does not pass', () => {
  const facts = { ...account, gaps: ['AccessDenied'] };
  expect(judgeUnreadAccount(facts, defaultSettings)).toMatchObject([
    { rule: 'unknown-evidence', severity: 'medium', message: 'nothing could be read: AccessDenied' },
  ]);
  expect(judgeUnreadAccount(facts, { rules: { 'unknown-evidence': { off: true } }, exclusions: [] })).toEqual([]);
});
