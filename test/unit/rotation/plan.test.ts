import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRotation, type Event, type Step } from '../../../src/rotation/index.ts';
import { day, hour, later, newKey, oldKey, rotated, sinks, tell } from './journals.ts';

const kinds = (steps: readonly Step[]): string[] => steps.map(({ kind }) => kind);
const nothing = { pairOf: undefined };

describe('the plan of a rotation', () => {
  it('is the whole order at the beginning', () => {
    const steps = planRotation(tell(rotated.slice(0, 1)), later(0), nothing);
    expect(kinds(steps)).toEqual(
      'create prove deliver deliver wait gate deactivate wait gate delete settle settle close'.split(' '),
    );
  });

  // What is left after each entry, for a process that did what the journal says and for one that comes anew.
  it.each([
    [1, 'create', 'create'],
    [2, 'look', 'look'],
    [3, 'prove', 'discard'],
    [4, 'deliver', 'discard'],
    [5, 'deliver', 'recover'],
    [6, 'deliver', 'recover'],
    [7, 'deliver', 'recover'],
    [8, 'wait', 'wait'],
    [9, 'deactivate', 'deactivate'],
    [10, 'deactivate', 'deactivate'],
    [11, 'wait', 'wait'],
    [12, 'delete', 'delete'],
    [13, 'delete', 'delete'],
    [14, 'settle', 'settle'],
    [16, 'close', 'close'],
    [17, undefined, undefined],
  ])('goes on after %i entries with %s, or, after a crash, with %s', (entries, next, afterCrash) => {
    const events = rotated.slice(0, entries);
    const now = later((events.at(-1)?.[0] ?? 0) + 1);
    expect(planRotation(tell(events), now, { pairOf: newKey })[0]?.kind).toBe(next);
    expect(planRotation(tell(events), now, nothing)[0]?.kind).toBe(afterCrash);
  });

  it('is the same for the same facts, takes nothing away before a gate, and comes to an end', () => {
    const times = fc.integer({ min: 0, max: 20 * day });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: rotated.length }), times, fc.boolean(), (entries, after, holds) => {
        const rotation = tell(rotated.slice(0, entries));
        const atHand = { pairOf: holds ? newKey : undefined };
        const steps = planRotation(rotation, later(after), atHand);
        expect(planRotation(rotation, later(after), atHand)).toEqual(steps);
        if (rotation.isOpen) expect(steps.at(-1)?.kind).toBe('close');
        for (const [taking, gate] of [
          ['deactivate', 'deactivate'],
          ['delete', 'delete'],
        ] as const) {
          const at = steps.findIndex((step) => step.kind === taking);
          const isOpen = rotation.gates[gate]?.verdict === 'open';
          if (at >= 0 && !isOpen)
            expect(steps.slice(0, at)).toContainEqual(expect.objectContaining({ kind: 'gate', gate }));
          if (at >= 0) expect(steps[at]).toMatchObject({ AccessKeyId: oldKey });
        }
      }),
    );
  });

  it('reads a gate again when the reading is older than a minute', () => {
    const rotation = tell(rotated.slice(0, 9));
    expect(planRotation(rotation, later(day + 8 + 60_000), nothing)[0]).toMatchObject({
      kind: 'gate',
      gate: 'deactivate',
    });
  });

  it('starts the soak again from a use after the delivery', () => {
    const LastUsed = { Kind: 'used', LastUsedDate: later(2 * hour), Region: 'eu-west-1', ServiceName: 's3' } as const;
    const reading: Event = {
      type: 'gate read',
      data: { gate: 'deactivate', LastUsed, readAt: later(day + 8), verdict: 'wait', why: '', signedBy: 'AKIAADMIN' },
    };
    const steps = planRotation(tell([...rotated.slice(0, 8), [day + 8, reading]]), later(day + 9), nothing);
    expect(steps[0]).toMatchObject({ kind: 'wait', until: later(2 * hour + day) });
  });

  it('makes no third key of a user whose new ones do not work', () => {
    const failed: Event = { type: 'not proven', data: { AccessKeyId: newKey, message: 'no' } };
    const gone: Event = { type: 'discarded', data: { AccessKeyId: newKey } };
    const twice = [
      ...rotated.slice(0, 3),
      [4, failed],
      [5, gone],
      ...rotated.slice(1, 3),
      [8, failed],
      [9, gone],
    ] as const;
    expect(kinds(planRotation(tell(twice), later(hour), nothing))).toEqual(['close']);
  });

  it('of an undo makes the old key Active before a place gets it back', () => {
    const undo: Event = { type: 'undo intended', data: { by: 'me' } };
    const steps = planRotation(tell([...rotated.slice(0, 11), [2 * day, undo]]), later(2 * day), nothing);
    expect(steps[0]).toMatchObject({ kind: 'reactivate', AccessKeyId: oldKey });
    expect(steps.filter(({ kind }) => kind === 'restore')).toHaveLength(sinks.length);
    expect(kinds(steps)).not.toContain('delete');
  });
});
