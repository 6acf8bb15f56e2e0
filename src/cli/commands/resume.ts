import { accountIdOf } from '../../access-key-id.ts';
import { KeyturnError } from '../../errors.ts';
import {
  foldRotation,
  requestDiscard,
  requestForce,
  requestUndo,
  type Event,
  type Rotation,
} from '../../rotation/index.ts';
import type { Context } from '../context.ts';
import { exitCodeOf, exitCodes, worstOf } from '../exit-code.ts';
import { isJson } from '../form.ts';
import { formatError } from '../output/error-text.ts';
import { nameOperator, openRotationDoor, type RotationDoor } from '../rotation/compose.ts';
import { proceed } from '../rotation/proceed.ts';
import { requireOneRotation } from '../rotation/records.ts';
import { showEnd } from './rotate.ts';

export interface ResumeInput {
  readonly id?: string | undefined;
  readonly all?: boolean;
  readonly wait?: boolean;
  readonly discard?: string;
  readonly forceGate?: string;
}

/** `keyturn resume`: goes on where a rotation stands, on whatever machine. */
export async function resume(context: Context, input: ResumeInput): Promise<number | undefined> {
  const door = await openRotationDoor(context);
  if (input.all) return resumeAll(context, door, input);
  const rotation = await requireOneRotation(door.journal, input.id);
  return goOn(context, door, rotation, input, readSaying(rotation, input));
}

/** `keyturn undo` for a rotation: everything back to the old key, as far as that can be done. */
export async function undoRotation(context: Context, id: string): Promise<number | undefined> {
  const door = await openRotationDoor(context);
  const rotation = await requireOneRotation(door.journal, id);
  return goOn(context, door, rotation, {}, requestUndo(rotation, nameOperator()));
}

async function goOn(
  context: Context,
  door: RotationDoor,
  rotation: Rotation,
  { wait }: ResumeInput,
  say: Event | undefined,
): Promise<number> {
  await requireAccount(door, rotation);
  return showEnd(context, door, await proceed(context, door.compose(rotation.sesSmtp), rotation.id, { wait, say }));
}

function readSaying(rotation: Rotation, { discard, forceGate }: ResumeInput): Event | undefined {
  if (discard !== undefined) return requestDiscard(rotation, discard, nameOperator());
  return forceGate === undefined ? undefined : requestForce(forceGate, nameOperator());
}

/** Each by itself: one that is stopped does not stop the others. Those of other accounts are left to who may sign there. */
async function resumeAll(context: Context, door: RotationDoor, input: ResumeInput): Promise<number> {
  const codes: number[] = [];
  for await (const head of door.journal.list({ open: true })) {
    const rotation = foldRotation(await door.journal.read(head.record));
    if (rotation === undefined) continue;
    codes.push(await resumeOne(context, door, rotation, input));
  }
  if (codes.length === 0) context.printer.talk('no rotation is open');
  return worstOf(codes);
}

async function resumeOne(
  context: Context,
  door: RotationDoor,
  rotation: Rotation,
  input: ResumeInput,
): Promise<number> {
  const { printer, options, interruption } = context;
  try {
    return await goOn(context, door, rotation, input, undefined);
  } catch (error) {
    if (interruption.signal.aborted || !(error instanceof KeyturnError)) throw error;
    printer.tell(`${rotation.id} (${rotation.subject.UserName}):`);
    printer.error(formatError(error, { json: isJson(options), debug: options.debug }));
    return error instanceof OtherAccountError ? exitCodes.done : exitCodeOf(error);
  }
}

class OtherAccountError extends KeyturnError {}

/** Said without a call: one signed by the old key would be a use of it. */
async function requireAccount({ iam }: RotationDoor, { id, subject }: Rotation): Promise<void> {
  const account = accountIdOf(await iam.signer());
  if (account === undefined || account === subject.Account) return;
  throw new OtherAccountError(
    'ERR_CALLER',
    `${id} is about account ${subject.Account}, and these credentials belong to ${account}`,
    {
      hint: 'sign with credentials of that account: --profile NAME',
    },
  );
}
