import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPlan, limitKeys, parsePlan, type FleetPlan, type PlanEntry } from '../../../../src/fleet/act/index.ts';
import { writeCanonical } from '../../../../src/journal/chain.ts';
import type { Json } from '../../../../src/journal/journal.ts';

const time = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
const lastUsed = fc.oneof(
  fc.record({ Kind: fc.constant('used' as const), LastUsedDate: time, Region: fc.string(), ServiceName: fc.string() }),
  fc.constant({ Kind: 'never' as const }),
  fc.record({ Kind: fc.constant('unknown' as const), Reason: fc.string() }),
);
const evidence = fc.record(
  {
    Status: fc.string(),
    LastUsed: lastUsed,
    Source: fc.constant('credential-report' as const),
    ReadAt: time,
    CreateDate: time,
    DeactivatedAt: time,
  },
  { requiredKeys: ['Status', 'LastUsed', 'Source', 'ReadAt'] },
);
const common = {
  Account: fc.string(),
  UserName: fc.string({ unit: 'binary' }),
  UserId: fc.string(),
  AccessKeyId: fc.string(),
  Policy: fc.string({ unit: 'binary' }),
  Reason: fc.string({ unit: 'binary' }),
  Evidence: evidence,
};
const requiredKeys = ['Account', 'UserName', 'Policy', 'Reason', 'Evidence', 'Action'] as const;
const entry: fc.Arbitrary<PlanEntry> = fc.oneof(
  fc.record(
    { ...common, Action: fc.constantFrom('deactivate', 'delete', 'report') },
    { requiredKeys: [...requiredKeys] },
  ),
  fc.record(
    { ...common, Action: fc.constant('rotate' as const), Sinks: fc.array(fc.string()) },
    { requiredKeys: [...requiredKeys, 'Sinks'] },
  ),
);
const plan: fc.Arbitrary<FleetPlan> = fc.record({
  madeAt: time,
  accounts: fc.array(fc.record({ Account: fc.string(), AccessKeys: fc.nat(), Gaps: fc.array(fc.string()) })),
  entries: fc.array(entry),
});

const some: FleetPlan = {
  madeAt: new Date('2026-11-30T12:00:00Z'),
  accounts: [{ Account: '123456789012', AccessKeys: 20, Gaps: [] }],
  entries: [
    {
      Account: '123456789012',
      UserName: 'alice',
      UserId: 'AIDA1',
      AccessKeyId: 'AKIA1',
      Action: 'deactivate',
      Policy: 'unused',
      Reason: 'unused for 100 days',
      Evidence: {
        Status: 'Active',
        LastUsed: { Kind: 'never' },
        Source: 'credential-report',
        ReadAt: new Date('2026-11-30T11:00:00Z'),
      },
    },
  ],
};

/** A file whose digest is right, whatever it says. */
function sign(change: (content: Record<string, Json>) => void): string {
  const { Digest, ...content } = JSON.parse(formatPlan(some)) as Record<string, Json>;
  expect(Digest).toMatch(/^sha256:/);
  change(content);
  return JSON.stringify({
    ...content,
    Digest: `sha256:${createHash('sha256').update(writeCanonical(content)).digest('hex')}`,
  });
}

function setEntry(name: string, value: Json): string {
  return sign(({ Entries }) => {
    (Entries as unknown as Record<string, Json>[])[0] = { ...(Entries as Record<string, Json>[])[0], [name]: value };
  });
}

describe('a plan file', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(plan, (given) => {
        expect(parsePlan(formatPlan(given), 'p')).toEqual(given);
      }),
    );
  });

  it('may be laid out anew, and its members put in another order', () => {
    const content = JSON.parse(formatPlan(some)) as object;
    const reversed = Object.fromEntries(Object.entries(content).reverse());
    expect(parsePlan(JSON.stringify(reversed), 'p')).toEqual(some);
  });

  it.each([
    ['an action', (text: string) => text.replace('"deactivate"', '"delete"')],
    ['a key', (text: string) => text.replace('AKIA1', 'AKIA2')],
    ['the evidence', (text: string) => text.replace('11:00:00', '11:00:01')],
    ['an entry', (text: string) => text.replace(/"Entries": \[[^]*\],\n {2}"D/, '"Entries": [],\n  "D')],
    ['the limit', (text: string) => text.replace('"AccessKeys": 20', '"AccessKeys": 2000')],
    ['the digest', (text: string) => text.replace(/"sha256:./, '"sha256:x')],
    ['its lack', (text: string) => text.replace('"Digest"', '"Digets"')],
  ])('is refused where somebody changed %s', (_what, change) => {
    const text = formatPlan(some);
    expect(change(text)).not.toBe(text);
    expect(() => parsePlan(change(text), 'p')).toThrow(
      expect.objectContaining({ code: 'ERR_STALE', message: 'p is not as it was planned: it was changed' }),
    );
  });

  it('is refused in another version', () => {
    const text = sign((content) => (content.Version = 2));
    expect(() => parsePlan(text, 'p')).toThrow(expect.objectContaining({ code: 'ERR_STALE' }));
  });

  it.each(['', 'x', 'null', '[]', '"x"', '3', '{"Version":1'])('is not %j', (text) => {
    expect(() => parsePlan(text, 'p')).toThrow(expect.objectContaining({ code: 'ERR_USAGE', message: 'p is no plan' }));
  });

  it.each([
    ['an action nobody knows', setEntry('Action', 'explode')],
    ['a rotation without places', setEntry('Action', 'rotate')],
    ['a key that is no text', setEntry('AccessKeyId', 7)],
    ['no evidence', setEntry('Evidence', null)],
    ['evidence of no time', setEntry('Evidence', { ReadAt: 'noon', LastUsed: { Kind: 'never' } })],
    ['no entries', sign((content) => delete content.Entries)],
    ['entries that are none', sign((content) => (content.Entries = [null]))],
    ['no number of keys', sign((content) => (content.Accounts = [{ Account: '1' }]))],
    ['no time', sign((content) => (content.MadeAt = 'noon'))],
  ])('is not one with %s, whatever its digest', (_what, text) => {
    expect(() => parsePlan(text, 'p')).toThrow(expect.objectContaining({ code: 'ERR_USAGE', message: 'p is no plan' }));
  });
});

describe('the limit of a run', () => {
  it.each([
    [{ percent: 10 }, 0, 1],
    [{ percent: 10 }, 9, 1],
    [{ percent: 10 }, 19, 1],
    [{ percent: 10 }, 20, 2],
    [{ percent: 100 }, 57, 57],
    [{ keys: 25 }, 3, 25],
  ])('%j of %i keys is %i', (limit, keys, expected) => {
    expect(limitKeys(limit, keys)).toBe(expected);
  });
});
