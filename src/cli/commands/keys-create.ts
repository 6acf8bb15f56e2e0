import { KeyturnError } from '../../errors.ts';
import {
  createAccessKey,
  deleteAccessKey,
  getCallerIdentity,
  type Connection,
  type CreatedAccessKey,
} from '../../iam/index.ts';
import { connectToAws } from '../connect.ts';
import type { Context } from '../context.ts';
import { recommendInstead } from './alternatives.ts';
import { chooseDestination, type Destination, type DestinationInput } from './destination.ts';
import { describeScene } from './key-facts.ts';

export interface KeysCreateInput extends DestinationInput {
  /** Whose key; the caller's own if absent. */
  readonly user?: string;
}

/** `keyturn keys create`: the key is kept only when its secret has arrived where it is to go. */
export async function createKey(context: Context, input: KeysCreateInput): Promise<undefined> {
  const { env, interruption, printer, terminal } = context;
  const { signal } = interruption;
  let door: ReturnType<typeof connectToAws> | undefined;
  const openDoor = (): ReturnType<typeof connectToAws> => (door ??= connectToAws(context));
  const destination = await chooseDestination(context, input, openDoor);
  await destination.check();
  const { connection, endpoint } = await openDoor();
  const caller = await getCallerIdentity(connection, { signal });
  printer.talk(`create an access key for ${input.user ?? 'the caller'}, its secret to ${destination.name}`);
  for (const line of describeScene(caller, endpoint)) printer.talk(line);
  for (const line of recommendInstead(env, terminal.interactive)) printer.talk(line);

  const key = await interruption.hold(async () => {
    const created = await createAccessKey(connection, { UserName: input.user, signal });
    await deliverOrDiscard(connection, created, destination, signal);
    return created;
  });
  printer.talk(`created ${key.AccessKeyId} for ${key.UserName}, its secret went to ${destination.name}`);
  if (destination.describe !== undefined) await printer.data(destination.describe(key));
}

/** Brings the secret to its destination; a key whose secret does not arrive is of no use to anyone, and is deleted. */
async function deliverOrDiscard(
  connection: Connection,
  key: CreatedAccessKey,
  destination: Destination,
  signal: AbortSignal,
): Promise<void> {
  try {
    signal.throwIfAborted();
    await destination.deliver(key);
  } catch (failure) {
    throw await discard(connection, key, failure);
  }
}

/** Deletes a new key, and returns the error that says why and what became of it. */
async function discard(connection: Connection, key: CreatedAccessKey, failure: unknown): Promise<KeyturnError> {
  const { AccessKeyId, UserName } = key;
  const { code, message, hint } = describeFailure(failure);
  try {
    await deleteAccessKey(connection, { AccessKeyId, UserName });
  } catch (error) {
    return new KeyturnError(
      code,
      `${message}; the new key ${AccessKeyId} could not be deleted either: ${messageOf(error)}`,
      {
        hint: `nobody has its secret: delete it with keyturn keys delete ${AccessKeyId} --user ${UserName} --yes --force`,
        cause: failure,
      },
    );
  }
  return new KeyturnError(code, `${message}; the new key ${AccessKeyId} of ${UserName} was deleted again`, {
    hint: hint ?? 'make sure that the secret can be written, and create a key again',
    cause: failure,
  });
}

function describeFailure(failure: unknown): Pick<KeyturnError, 'code' | 'message' | 'hint'> {
  if (failure instanceof KeyturnError) return failure;
  return { code: 'ERR_FILE', message: `the secret could not be written: ${messageOf(failure)}`, hint: undefined };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
