import { describe, expect, it } from 'vitest';
import { describeElements, describeParameters } from '../../../src/endpoint/event-parameters.ts';
import { Secret } from '../../../src/secret.ts';

describe('what CloudTrail tells of a request', () => {
  it('has its own casing at every depth', () => {
    expect(describeParameters({ UserName: 'bob', Tags: [{ Key: 'A', Value: 'B' }], MaxItems: 5 })).toEqual({
      userName: 'bob',
      tags: [{ key: 'A', value: 'B' }],
      maxItems: 5,
    });
  });

  it('is null where there is nothing to tell', () => {
    expect(describeParameters({})).toBeNull();
    expect(describeElements(undefined)).toBeNull();
    expect(describeElements({ Seed: new Uint8Array(8) })).toBeNull();
  });

  it('hides what is secret in a request, and leaves it out of an answer', () => {
    const value = { UserName: 'bob', Password: new Secret('hunter2') };
    expect(describeParameters(value)).toEqual({ userName: 'bob', password: 'HIDDEN_DUE_TO_SECURITY_REASONS' });
    expect(describeElements({ LoginProfile: value })).toEqual({ loginProfile: { userName: 'bob' } });
  });

  it.each([
    ['2014-03-24T21:11:59.123Z', 'Mar 24, 2014 9:11:59 PM'],
    ['2026-01-02T00:04:05Z', 'Jan 2, 2026 12:04:05 AM'],
    ['2026-12-31T12:00:00Z', 'Dec 31, 2026 12:00:00 PM'],
  ])('writes the time %s as %s', (time, text) => {
    expect(describeElements({ CreateDate: new Date(time) })).toEqual({ createDate: text });
  });
});
