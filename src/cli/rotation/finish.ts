/** What is said, and with which code a command ends, when a rotation was moved on. */
import { KeyturnError } from '../../errors.ts';
import { newKeyOf, planRotation, printTime, type Rotation, type RunOutcome } from '../../rotation/index.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import type { RotationElement } from '../output/rotation.ts';

/** A rotation as it stands, with its next step. */
export function toElement(rotation: Rotation, now: Date): RotationElement {
  const [next] = planRotation(rotation, now, { pairOf: undefined });
  return { rotation, next };
}

/**
 * Tells how a run ended.
 *
 * @returns 0 done, 5 waiting
 * @throws {KeyturnError} `ERR_NOT_PROVEN` when it was given up because no new key came to work
 */
export function tellEnd({ printer, form }: Context, outcome: RunOutcome): number {
  const { rotation } = outcome;
  if (outcome.kind === 'waiting') {
    if (form.output !== 'table') printer.tell(`next step at ${printTime(outcome.until)}: ${outcome.why}`);
    printer.talk(`keyturn resume ${rotation.id} goes on then; keyturn undo ${rotation.id} takes it back`);
    return exitCodes.waiting;
  }
  if (rotation.outcome === 'not proven') {
    throw new KeyturnError(
      'ERR_NOT_PROVEN',
      'no new key came to work: they were deleted again, and nothing else was touched',
      {
        hint: 'see what AWS says of its health, or of policies that refuse sts:GetCallerIdentity, and try again',
      },
    );
  }
  for (const line of describeEnd(rotation)) printer.talk(line);
  return exitCodes.done;
}

function describeEnd(rotation: Rotation): string[] {
  const { id, old, outcome, undo, subject } = rotation;
  const created = newKeyOf(rotation);
  switch (outcome) {
    case 'rotated':
      return [`${id} is done: ${subject.UserName} has ${created ?? 'a new key'}, and ${old.AccessKeyId} is gone`];
    case 'retired':
      return [`${id} is done: ${old.AccessKeyId} of ${subject.UserName} is gone`];
    case 'undone': {
      const left = [...(undo?.restored ?? [])].filter(([, isRestored]) => !isRestored).map(([sink]) => sink);
      return [
        `${id} is taken back: ${old.AccessKeyId} works`,
        ...left.map((sink) => `${sink} still holds ${created ?? 'the new key'}: change it by hand`),
        ...(created === undefined
          ? []
          : [`${created} is left as it is: keyturn retire ${created} lets it go with care`]),
      ];
    }
    default:
      return [`${id} is over: ${outcome ?? 'closed'}`];
  }
}
