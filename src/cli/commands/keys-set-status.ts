import { KeyturnError } from '../../errors.ts';
import { activateAccessKey, deactivateAccessKey } from '../../iam/index.ts';
import { connectToAws } from '../connect.ts';
import type { Context } from '../context.ts';
import { describePlan, readKeyFacts, type KeyReference } from './key-facts.ts';

export interface KeysSetStatusInput extends KeyReference {
  readonly Status: 'Active' | 'Inactive';
}

/** `keyturn keys activate|deactivate` */
export async function setKeyStatus(
  context: Context,
  { AccessKeyId, user, Status }: KeysSetStatusInput,
): Promise<undefined> {
  const { printer, interruption, now } = context;
  const door = await connectToAws(context);
  const facts = await readKeyFacts(door, { AccessKeyId, user }, interruption.signal);
  const [verb, done, change] =
    Status === 'Active'
      ? (['activate', 'activated', activateAccessKey] as const)
      : (['deactivate', 'deactivated', deactivateAccessKey] as const);
  for (const line of describePlan(verb, facts, now())) printer.talk(line);
  if (Status === 'Inactive' && facts.signsCalls) await agreeToLockOut(context);
  await interruption.hold(() => change(door.connection, { AccessKeyId, UserName: user }));
  printer.talk(`${done} ${AccessKeyId} of ${facts.owner}`);
}

/** Who deactivates the key that signs cannot activate it again with it. */
async function agreeToLockOut({ printer, terminal, options }: Context): Promise<void> {
  printer.tell('this key signs this very call: once Inactive, it cannot be used to activate itself again');
  if (options.yes || !terminal.interactive) return;
  if (await terminal.confirm('deactivate it all the same?')) return;
  throw new KeyturnError('ERR_REFUSED', 'not deactivated: the answer was no');
}
