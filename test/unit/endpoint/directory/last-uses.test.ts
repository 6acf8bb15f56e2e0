import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openDirectory } from '../../../../src/endpoint/directory/directory.ts';
import type { LastUse } from '../../../../src/endpoint/directory/records.ts';

const minute = 60_000;
const start = Date.parse('2026-11-23T10:00:00Z');

function useAt(minutes: number, ServiceName = 'iam'): LastUse {
  return { LastUsedDate: new Date(start + minutes * minute), Region: 'us-east-1', ServiceName };
}

function openWithKey(lastUsedGranularity: number) {
  const directory = openDirectory({ lastUsedGranularity, random: randomBytes });
  const { AccessKeyId } = directory.begin({ accountId: '123456789012', now: new Date(start) });
  return { uses: directory.lastUses, AccessKeyId };
}

describe('last uses', () => {
  it('are absent before the first', () => {
    const { uses, AccessKeyId } = openWithKey(0);
    expect(uses.find(AccessKeyId)).toBeUndefined();
    expect(uses.find('AKIAUNKNOWNUNKNOWN')).toBeUndefined();
  });

  it('are seen before and after they are written', () => {
    const { uses, AccessKeyId } = openWithKey(0);
    uses.record(AccessKeyId, useAt(0));
    expect(uses.find(AccessKeyId)).toEqual(useAt(0));
    uses.flush();
    expect(uses.find(AccessKeyId)).toEqual(useAt(0));
    uses.record(AccessKeyId, useAt(1, 'sts'));
    expect(uses.find(AccessKeyId)).toEqual(useAt(1, 'sts'));
  });

  it('within the granularity are those of the first', () => {
    const { uses, AccessKeyId } = openWithKey(15 * minute);
    for (const minutes of [0, 1, 14.999]) uses.record(AccessKeyId, useAt(minutes, minutes === 0 ? 'iam' : 'sts'));
    expect(uses.find(AccessKeyId)).toEqual(useAt(0));
    uses.flush();
    uses.record(AccessKeyId, useAt(14.999, 'sts'));
    expect(uses.find(AccessKeyId)).toEqual(useAt(0));
    uses.record(AccessKeyId, useAt(15, 'sts'));
    expect(uses.find(AccessKeyId)).toEqual(useAt(15, 'sts'));
    uses.record(AccessKeyId, useAt(29, 'iam'));
    expect(uses.find(AccessKeyId)).toEqual(useAt(15, 'sts'));
  });

  it('start again when the clock was set back', () => {
    const { uses, AccessKeyId } = openWithKey(15 * minute);
    uses.record(AccessKeyId, useAt(60));
    uses.record(AccessKeyId, useAt(0));
    expect(uses.find(AccessKeyId)).toEqual(useAt(0));
  });
});
