import { describe, expect, it } from 'vitest';
import { AllowedHosts } from '../../../src/endpoint/allowed-hosts.ts';
import { AnsweredRequests } from '../../../src/endpoint/answered-requests.ts';
import { parseDuration } from '../../../src/endpoint/duration.ts';
import { MovableClock } from '../../../src/endpoint/movable-clock.ts';
import { findTargetedAction } from '../../../src/endpoint/targeted-action.ts';

describe('AllowedHosts', () => {
  it('has the loopback names and those it is given, whatever the port and case', () => {
    const hosts = new AllowedHosts(['Keys.test', '::1', 'fd00::2']);
    for (const host of ['localhost:1', 'LocalHost', '127.0.0.1', '[::1]:9', 'keys.TEST:80', '[FD00::2]']) {
      expect(hosts.has(host), host).toBe(true);
    }
    for (const host of [undefined, '', 'keys.test.', 'a.keys.test', 'fd00::2', '[fd00::3]', 'localhost:x', ':80']) {
      expect(hosts.has(host), host).toBe(false);
    }
  });
});

describe('AnsweredRequests', () => {
  it('keeps the latest, oldest first', () => {
    const requests = new AnsweredRequests(3);
    const add = (id: string) => {
      requests.add({ id, time: new Date(0), status: 200 });
    };
    const list = (limit?: number) => requests.list(limit).map(({ id }) => id);
    expect(list()).toEqual([]);
    add('a');
    add('b');
    expect(list()).toEqual(['a', 'b']);
    for (const id of ['c', 'd', 'e']) add(id);
    expect(list()).toEqual(['c', 'd', 'e']);
    expect(list(2)).toEqual(['d', 'e']);
    expect(list(9)).toEqual(['c', 'd', 'e']);
    expect(list(0)).toEqual([]);
    requests.clear();
    expect(list()).toEqual([]);
    add('f');
    expect(list()).toEqual(['f']);
  });
});

describe('parseDuration', () => {
  it('reads seconds, minutes, hours and days, and nothing else', () => {
    expect(['0s', '90s', '15m', '24h', '7d'].map(parseDuration)).toEqual([0, 90_000, 900_000, 86_400_000, 604_800_000]);
    for (const text of ['', '15', 'm', '-1s', '1.5h', '1w', ' 1s', '1s ', '1S', '9999999999s']) {
      expect(parseDuration(text), text).toBeUndefined();
    }
  });
});

describe('MovableClock', () => {
  it('goes on from where it is put', () => {
    let base = Date.parse('2026-11-23T10:00:00Z');
    const clock = new MovableClock(() => new Date(base));
    clock.set(new Date('2030-01-01T00:00:00Z'));
    base += 1_000;
    expect(clock.now()).toEqual(new Date('2030-01-01T00:00:01Z'));
    clock.advance(900_000);
    expect(clock.now()).toEqual(new Date('2030-01-01T00:15:01Z'));
    clock.reset();
    expect(clock.now()).toEqual(new Date('2026-11-23T10:00:01Z'));
  });

  it('stays within four digits of years', () => {
    const clock = new MovableClock(() => new Date('2026-11-23T10:00:00Z'));
    for (const time of [Number.NaN, -1, Date.UTC(10_000, 0)]) {
      expect(() => {
        clock.set(new Date(time));
      }).toThrow(RangeError);
    }
    expect(() => {
      clock.advance(Number.NaN);
    }).toThrow(RangeError);
    expect(clock.now()).toEqual(new Date('2026-11-23T10:00:00Z'));
  });
});

describe('findTargetedAction', () => {
  const prefix = 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101';
  it.each([
    [`${prefix}.LookupEvents`, 'LookupEvents'],
    ['CloudTrail_20131101.LookupEvents', 'LookupEvents'],
    ['AWSOrganizationsV20161128.ListRoots', undefined],
    ['v20131101.CloudTrail_20131101.LookupEvents', undefined],
    [`${prefix}.`, ''],
    ['LookupEvents', undefined],
    [undefined, undefined],
  ])('of %j is %j', (target, action) => {
    expect(findTargetedAction(target, prefix)).toBe(action);
  });
});
