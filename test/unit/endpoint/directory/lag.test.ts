import { describe, expect, it } from 'vitest';
import { Lag } from '../../../../src/endpoint/directory/lag.ts';

/** Rows that three replicas hear of after 1, 2 and 3 seconds. */
function open() {
  const lag = new Lag();
  const rows = lag.follow<string>();
  lag.drawDelays = () => [1_000, 2_000, 3_000];
  const at = (seconds: number, replica?: number) => {
    lag.viewpoint = { replica, now: new Date(seconds * 1_000) };
  };
  const see = (seconds: number, truth: string | undefined) =>
    [0, 1, 2].map((replica) => {
      at(seconds, replica);
      return rows.see('a', truth);
    });
  return { lag, rows, at, see };
}

describe('rows that lag', () => {
  it('are seen as they were until a replica has heard', () => {
    const { rows, at, see } = open();
    at(10);
    rows.note('a', () => undefined);
    expect(see(10, 'new')).toEqual([undefined, undefined, undefined]);
    expect(see(11, 'new')).toEqual(['new', undefined, undefined]);
    expect(see(12.5, 'new')).toEqual(['new', 'new', undefined]);
    expect(see(13, 'new')).toEqual(['new', 'new', 'new']);
  });

  it('are seen by the truth where nobody stands at a replica', () => {
    const { lag, rows, at } = open();
    at(10);
    rows.note('a', () => 'old');
    expect(rows.see('a', 'new')).toBe('new');
    lag.viewpoint = undefined;
    expect(rows.see('a', 'new')).toBe('new');
    expect(rows.quiet).toBe(true);
  });

  it('go through all their changes in order', () => {
    const { lag, rows, at, see } = open();
    at(10);
    rows.note('a', () => 'first');
    at(10.5);
    lag.drawDelays = () => [0, 0, 0];
    rows.note('a', () => 'second');
    // A later change is never heard of before an earlier one.
    expect(see(10.9, 'third')).toEqual(['first', 'first', 'first']);
    expect(see(12, 'third')).toEqual(['third', 'third', 'first']);
  });

  it('are forgotten when all have heard, and when it is over', () => {
    const { lag, rows, at } = open();
    at(10);
    rows.note('a', () => undefined);
    at(14);
    rows.note('b', () => undefined);
    expect(rows.ids()).toEqual(['b']);
    lag.clear();
    expect(rows.ids()).toEqual([]);
    at(15);
    rows.note('c', () => undefined);
    expect(rows.ids()).toEqual([]);
  });
});
