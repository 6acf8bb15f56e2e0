/** A planned rotation, handed to the rotation machine. */
import type { ChangeOutcome, PlannedChange } from '../../fleet/act/index.ts';
import type { Journal } from '../../journal/journal.ts';
import { printTime } from '../../rotation/index.ts';
import { begin } from '../commands/rotate.ts';
import type { AwsDoor } from '../connect.ts';
import type { Context } from '../context.ts';
import { composeRotationDoor } from '../rotation/compose.ts';
import { takeDuration } from '../rotation/duration.ts';
import { readFacts } from '../rotation/facts.ts';
import { proceed } from '../rotation/proceed.ts';

/** As `keyturn rotate` has them when nothing is said. */
const patience = { soak: takeDuration('24h'), grace: takeDuration('7d') };

export async function rotateEntry(
  context: Context,
  awsDoor: AwsDoor,
  journal: Journal,
  { UserName, UserId, AccessKeyId, Sinks = [] }: PlannedChange,
): Promise<ChangeOutcome | { readonly kind: 'waiting'; readonly record: string; readonly why: string }> {
  const door = composeRotationDoor(context, awsDoor, journal);
  const facts = await readFacts(door, UserName, context.interruption.signal);
  const [key] = facts.keys;
  if (facts.subject.UserId !== UserId) return { kind: 'stale', why: `${UserName} is another user now` };
  if (key?.AccessKeyId !== AccessKeyId) return { kind: 'passed', why: `${AccessKeyId} is gone` };
  if (key.LastUsed.Kind === 'unknown') return { kind: 'stale', why: `its last use is unknown: ${key.LastUsed.Reason}` };
  const { ports, id } = await begin(context, door, facts, { ...patience, user: UserName, to: Sinks });
  const outcome = await proceed(context, ports, id, {});
  if (outcome.kind === 'closed') return { kind: 'done', record: id };
  return { kind: 'waiting', record: id, why: `next step at ${printTime(outcome.until)}` };
}
