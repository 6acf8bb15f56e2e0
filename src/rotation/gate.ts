/**
 * Whether the evidence allows the old key to be taken away: the pure heart of a rotation.
 *
 * AWS tells the last use of a key late and coarsely: it keeps the first use in fifteen minutes, and says nowhere how long
 * a use takes to show. So a reading speaks of the time up to `evidenceLag` before it, and of nothing later.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html (the 15 minutes)
 */
import type { LastUsed } from '../iam/index.ts';
import type { GateName } from './event.ts';
import { newKeyOf, type Rotation } from './rotation.ts';

export interface Reading {
  readonly LastUsed: LastUsed;
  /** By AWS's clock. */
  readonly readAt: Date;
}

export type Verdict =
  | { readonly verdict: 'open'; readonly why: string }
  /** Time is missing, and nothing else. */
  | { readonly verdict: 'wait'; readonly why: string; readonly until: Date }
  /** Time alone does not open it. */
  | { readonly verdict: 'blocked'; readonly why: string };

/**
 * When the gate can open at the earliest, if nothing is heard of the old key until then: what a plan is made with before
 * there is a reading.
 */
export function earliestOpening(rotation: Rotation, gate: GateName, use: LastUsed): Date | undefined {
  if (gate === 'delete') {
    return rotation.deactivatedAt && later(rotation.deactivatedAt, shortestWait(rotation, 'grace'));
  }
  const since = quietSince(rotation, use);
  return since && later(since.time, since.wait);
}

/** Judges a reading at the gate before the old key is made Inactive, or deleted. */
export function judgeReading(rotation: Rotation, gate: GateName, reading: Reading): Verdict {
  const { LastUsed } = reading;
  if (LastUsed.Kind === 'unknown') {
    return { verdict: 'blocked', why: `its last use is unknown: ${LastUsed.Reason}` };
  }
  const late = gate === 'delete' ? findLateUse(rotation, LastUsed) : undefined;
  if (late !== undefined && rotation.forced === undefined) return { verdict: 'blocked', why: late };
  const until = earliestOpening(rotation, gate, LastUsed);
  if (until === undefined) return { verdict: 'blocked', why: 'the new pair is not delivered' };
  if (reading.readAt.getTime() < until.getTime())
    return { verdict: 'wait', why: explainWait(rotation, gate, LastUsed), until };
  return { verdict: 'open', why: explainOpening(rotation, gate, LastUsed) };
}

interface Quiet {
  readonly time: Date;
  /** Milliseconds from then to the opening. */
  readonly wait: number;
}

/**
 * Since when nothing is known of the old key: the delivery, or a later use, which starts the soak anew. A key that is
 * retired has no delivery: its last use counts, and for a key that was never used its creation, of which a reading has
 * to be late enough to know of uses at all.
 */
function quietSince(rotation: Rotation, use: LastUsed): Quiet | undefined {
  const { kind, deliveredAt, old, options, forced } = rotation;
  const wait = shortestWait(rotation, 'soak');
  if (kind === 'retire') {
    return use.Kind === 'used' ? { time: use.LastUsedDate, wait } : { time: old.CreateDate, wait: options.evidenceLag };
  }
  if (deliveredAt === undefined) return undefined;
  const isUsedSince = use.Kind === 'used' && use.LastUsedDate.getTime() >= deliveredAt.getTime();
  // A forced gate passes over a use; it does not pass over the soak that was asked for.
  return { time: isUsedSince && forced === undefined ? use.LastUsedDate : deliveredAt, wait };
}

/**
 * A use that the gate before the deactivation did not know of: whoever used the key may have been shut out by it, and
 * time does not make that good.
 */
function findLateUse({ gates, deliveredAt, LastUsed }: Rotation, use: LastUsed): string | undefined {
  // Where somebody else made it Inactive, there was no gate before it.
  const before = gates.deactivate?.LastUsed ?? LastUsed;
  if (use.Kind !== 'used') return undefined;
  const known = before.Kind === 'used' ? before.LastUsedDate.getTime() : -Infinity;
  const delivered = deliveredAt?.getTime() ?? -Infinity;
  if (use.LastUsedDate.getTime() <= known || use.LastUsedDate.getTime() < delivered) return undefined;
  return `it was used at ${use.LastUsedDate.toISOString()} (${use.ServiceName}, ${use.Region}), which was not known when it was made Inactive: somebody may still need it`;
}

/** Milliseconds of the soak or the grace: never less than it takes a use to show, unless a person has said so. */
export function shortestWait(
  { options, forced }: Pick<Rotation, 'options' | 'forced'>,
  which: 'soak' | 'grace',
): number {
  return forced === undefined ? Math.max(options[which], options.evidenceLag) : options[which];
}

function explainWait(rotation: Rotation, gate: GateName, use: LastUsed): string {
  if (gate === 'delete') return 'the old key has to stay Inactive for the grace';
  if (use.Kind !== 'used') {
    return rotation.kind === 'retire'
      ? 'it is too young for its last use to be known'
      : 'the old key has to stay unused for the soak';
  }
  const isUsedSince =
    rotation.deliveredAt === undefined || use.LastUsedDate.getTime() >= rotation.deliveredAt.getTime();
  if (!isUsedSince) return 'the old key has to stay unused for the soak';
  const when = `${use.LastUsedDate.toISOString()} (${use.ServiceName}, ${use.Region})`;
  return rotation.kind === 'retire'
    ? `it was used at ${when} and has to stay unused for the soak`
    : `the old key was used at ${when}, after the delivery: the soak starts again from there`;
}

function explainOpening(rotation: Rotation, gate: GateName, use: LastUsed): string {
  const evidence = use.Kind === 'used' ? `last used ${use.LastUsedDate.toISOString()}` : 'never used';
  const forced = rotation.forced === undefined ? '' : `, forced: ${rotation.forced}`;
  if (gate === 'delete') return `${evidence}, Inactive since ${rotation.deactivatedAt?.toISOString() ?? ''}${forced}`;
  const since = newKeyOf(rotation) === undefined ? '' : `, delivered ${rotation.deliveredAt?.toISOString() ?? ''}`;
  return `${evidence}${since}${forced}`;
}

function later(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds);
}
