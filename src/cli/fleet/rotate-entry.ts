/** A planned rotation, handed to the rotation machine. */
import { checkEntry, type ChangeOutcome, type PlannedChange } from '../../fleet/act/index.ts';
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

type RotationOutcome = ChangeOutcome | { readonly kind: 'waiting'; readonly record: string; readonly why: string };

export async function rotateEntry(
  context: Context,
  awsDoor: AwsDoor,
  journal: Journal,
  change: PlannedChange,
): Promise<RotationOutcome> {
  const { Account, UserId, UserName, Sinks = [] } = change;
  for await (const { record } of journal.list({ open: true, subject: `${Account}/${UserId}` })) {
    return { kind: 'passed', why: `${record} is under way` };
  }
  const { signal } = context.interruption;
  const check = await checkEntry(awsDoor.connection, change, signal);
  if (check.kind !== 'as planned') return check;
  const door = await composeRotationDoor(context, awsDoor, journal);
  const facts = await readFacts(door, UserName, signal);
  const { ports, id } = await begin(context, door, facts, { ...patience, user: UserName, to: Sinks });
  const outcome = await proceed(context, ports, id, {});
  if (outcome.kind === 'closed') return { kind: 'done', record: id };
  return { kind: 'waiting', record: id, why: `until ${printTime(outcome.until)}` };
}
