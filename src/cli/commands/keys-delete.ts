import { KeyturnError } from '../../errors.ts';
import { deleteAccessKey } from '../../iam/index.ts';
import { connectToAws } from '../connect.ts';
import type { Context } from '../context.ts';
import { describePlan, readKeyFacts, type KeyFacts, type KeyReference } from './key-facts.ts';

export interface KeysDeleteInput extends KeyReference {
  /** With `--yes`: delete an Active key without a question. */
  readonly force?: boolean | undefined;
}

/** `keyturn keys delete`: shows the key's evidence, and deletes what was agreed on. */
export async function deleteKey(context: Context, input: KeysDeleteInput): Promise<undefined> {
  const { AccessKeyId, user, force = false } = input;
  const { interruption, printer } = context;
  const door = await connectToAws(context);
  const facts = await readKeyFacts(door, { AccessKeyId, user }, interruption.signal);
  await agreeToDelete(context, facts, force);
  await interruption.hold(() => deleteAccessKey(door.connection, { AccessKeyId, UserName: user }));
  printer.talk(`deleted ${AccessKeyId} of ${facts.owner}`);
}

/**
 * A key that is not known to be Inactive may be in use, and is gone for good: its id is typed, or both `--yes` and
 * `--force` were given.
 */
async function agreeToDelete(context: Context, facts: KeyFacts, force: boolean): Promise<void> {
  const { printer, terminal, options, now } = context;
  const mayBeInUse = facts.key?.Status !== 'Inactive';
  const isAgreed = options.yes && (force || !mayBeInUse);
  const say = !isAgreed && terminal.interactive ? printer.tell : printer.talk;
  for (const line of describePlan('delete', facts, now())) say(line);
  if (facts.signsCalls) printer.tell('this key signs this very call: nothing can be signed with it afterwards');
  if (isAgreed) return;
  if (!terminal.interactive) throw describeRefusal(facts, mayBeInUse);
  const isMeant = mayBeInUse
    ? (await terminal.ask('type the access key id to delete it for good')).trim() === facts.AccessKeyId
    : await terminal.confirm('delete it for good?');
  if (!isMeant) throw new KeyturnError('ERR_REFUSED', 'not deleted: the answer was not yes');
}

function describeRefusal({ AccessKeyId, key }: KeyFacts, mayBeInUse: boolean): KeyturnError {
  if (!mayBeInUse) {
    return new KeyturnError('ERR_REFUSED', 'not deleted: deleting is for good, and there is no terminal to ask on', {
      hint: 'add --yes',
    });
  }
  const status = key === undefined ? 'may be Active' : `is ${key.Status}`;
  return new KeyturnError('ERR_REFUSED', `not deleted: ${AccessKeyId} ${status}, and may be in use`, {
    hint: 'deactivate it first and see whether anything misses it, or add both --yes and --force',
  });
}
