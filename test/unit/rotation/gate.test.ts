import { describe, expect, it } from 'vitest';
import type { LastUsed } from '../../../src/iam/index.ts';
import { judgeReading, requirePatience, type Event, type Rotation } from '../../../src/rotation/index.ts';
import { day, hour, later, opened, rotated, tell } from './journals.ts';

const delivered = 7;
const usedAt = (after: number): LastUsed => ({
  Kind: 'used',
  LastUsedDate: later(after),
  Region: 'eu-west-1',
  ServiceName: 's3',
});
const never: LastUsed = { Kind: 'never' };
const unknown: LastUsed = { Kind: 'unknown', Reason: 'AccessDenied' };

const soaking = tell(rotated.slice(0, 8));
const inactive = tell(rotated.slice(0, 11));
const forced: Event = { type: 'gate forced', data: { reason: 'the host is gone', by: 'me' } };
const withOptions = (options: Partial<Rotation['options']>): Rotation => ({
  ...soaking,
  options: { ...soaking.options, ...options },
});
const retiring = (CreateDate: number): Rotation =>
  tell([
    [
      0,
      {
        type: 'opened',
        data: { ...opened, kind: 'retire', sinks: [], old: { ...opened.old, CreateDate: later(CreateDate) } },
      },
    ],
  ]);

describe('the gate before the old key is made Inactive', () => {
  it.each([
    ['never used, a moment before the soak is over', never, delivered + day - 1, 'wait'],
    ['never used, when it is over', never, delivered + day, 'open'],
    ['used before the delivery', usedAt(delivered - 1), delivered + day, 'open'],
    ['used at the delivery', usedAt(delivered), delivered + day, 'open'],
    ['used a moment after it, read a soak after the delivery', usedAt(delivered + 1), delivered + day, 'wait'],
    ['used after it, read a moment before a soak after the use', usedAt(hour), hour + day - 1, 'wait'],
    ['used after it, read a soak after the use', usedAt(hour), hour + day, 'open'],
    ['unknown, however late', unknown, delivered + 100 * day, 'blocked'],
  ])('%s', (_, LastUsed, readAt, verdict) => {
    expect(judgeReading(soaking, 'deactivate', { LastUsed, readAt: later(readAt) }).verdict).toBe(verdict);
  });

  it('waits for the evidence lag where that is longer than the soak', () => {
    const rotation = withOptions({ soak: hour });
    const read = (after: number) => judgeReading(rotation, 'deactivate', { LastUsed: never, readAt: later(after) });
    expect([read(delivered + 4 * hour - 1).verdict, read(delivered + 4 * hour).verdict]).toEqual(['wait', 'open']);
  });

  it('when forced, passes over a use and a lag, and over nothing else', () => {
    const rotation = { ...withOptions({ soak: hour }), forced: 'the host is gone' };
    const read = (LastUsed: LastUsed, after: number) =>
      judgeReading(rotation, 'deactivate', { LastUsed, readAt: later(after) }).verdict;
    expect(read(usedAt(delivered + 1), delivered + hour)).toBe('open');
    expect(read(never, delivered + hour - 1)).toBe('wait');
    expect(read(unknown, delivered + day)).toBe('blocked');
  });

  it('is shut before the new pair is delivered', () => {
    const rotation = tell(rotated.slice(0, 6));
    expect(judgeReading(rotation, 'deactivate', { LastUsed: never, readAt: later(99 * day) }).verdict).toBe('blocked');
  });

  it.each([
    ['never used, too young to tell', -3 * hour, never, 0, 'wait'],
    ['never used, old enough', -4 * hour, never, 0, 'open'],
    ['used within the soak', -99 * day, usedAt(-day + 1), 0, 'wait'],
    ['used before it', -99 * day, usedAt(-day), 0, 'open'],
    ['unknown', -99 * day, unknown, 0, 'blocked'],
  ])('of a key that is retired: %s', (_, created, LastUsed, readAt, verdict) => {
    expect(judgeReading(retiring(created), 'deactivate', { LastUsed, readAt: later(readAt) }).verdict).toBe(verdict);
  });
});

describe('the gate before the old key is deleted', () => {
  const deactivated = day + 10;

  it.each([
    ['a moment before the grace is over', never, deactivated + 7 * day - 1, 'wait'],
    ['when it is over', never, deactivated + 7 * day, 'open'],
    ['a use before the delivery that shows late', usedAt(delivered - 1), deactivated + 7 * day, 'open'],
    ['a use after the delivery that the first gate did not know', usedAt(delivered), deactivated + 30 * day, 'blocked'],
    ['unknown, however late', unknown, deactivated + 30 * day, 'blocked'],
  ])('%s', (_, LastUsed, readAt, verdict) => {
    expect(judgeReading(inactive, 'delete', { LastUsed, readAt: later(readAt) }).verdict).toBe(verdict);
  });

  it('when forced, passes over a late use', () => {
    const rotation = tell([...rotated.slice(0, 11), [2 * day, forced]]);
    const reading = { LastUsed: usedAt(delivered), readAt: later(deactivated + 7 * day) };
    expect(judgeReading(rotation, 'delete', reading).verdict).toBe('open');
  });
});

describe('patience', () => {
  it.each([
    ['as usual', day, 4 * hour, true],
    ['a soak as long as the lag', 4 * hour, 4 * hour, true],
    ['a soak shorter than the lag', 4 * hour - 1, 4 * hour, false],
    ['a lag that shows nothing', day, 4 * hour - 1, false],
    ['a longer lag than the soak', day, 2 * day, false],
  ])('%s', (_, soak, evidenceLag, isEnough) => {
    const ask = (isExact: boolean, forceGate?: string) => () => {
      requirePatience({ soak, evidenceLag, grace: 0, forceGate }, 'rotate', isExact);
    };
    if (isEnough) expect(ask(false)).not.toThrow();
    else expect(ask(false)).toThrow(expect.objectContaining({ code: 'ERR_GATE' }) as Error);
    expect(ask(true)).not.toThrow();
    expect(ask(false, 'the host is gone')).not.toThrow();
  });
});
