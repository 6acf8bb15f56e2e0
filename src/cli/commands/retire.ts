import { KeyturnError } from '../../errors.ts';
import { getAccessKeyLastUsed } from '../../iam/index.ts';
import { beginRotation, openRetirement, previewRotation } from '../../rotation/index.ts';
import type { Context } from '../context.ts';
import { exitCodes, worstOf } from '../exit-code.ts';
import { makeRecordId } from '../journal.ts';
import { agree, describeProposal } from '../rotation/ask.ts';
import { openRotationDoor, type RotationDoor } from '../rotation/compose.ts';
import { readFacts, requireNoneOpen, requirePermissions } from '../rotation/facts.ts';
import { proceed } from '../rotation/proceed.ts';
import { propose, readPatience, showEnd, showPlan, type PatienceInput } from './rotate.ts';

export interface RetireInput extends PatienceInput {
  readonly AccessKeyIds: readonly string[];
}

/** `keyturn retire`: the same machine as a rotation's, without a new key; each key by itself. */
export async function retire(context: Context, input: RetireInput): Promise<number | undefined> {
  const door = await openRotationDoor(context);
  const codes: number[] = [];
  for (const AccessKeyId of input.AccessKeyIds)
    codes.push((await retireKey(context, door, AccessKeyId, input)) ?? exitCodes.done);
  return worstOf(codes);
}

async function retireKey(
  context: Context,
  door: RotationDoor,
  AccessKeyId: string,
  input: RetireInput,
): Promise<number | undefined> {
  const { signal } = context.interruption;
  const facts = await readFacts(door, await findOwner(door, AccessKeyId, signal), signal);
  await requireNoneOpen(door, facts);
  const options = readPatience(input, 'retire', facts);
  const opened = openRetirement(facts, AccessKeyId, { sinks: [], options, caller: facts.caller.Arn });
  const proposal = propose(door, facts, previewRotation(opened, facts.readAt), []);
  await requireOtherKey(door, AccessKeyId);
  await requirePermissions(context, door, facts);
  if (input.dryRun) return showPlan(context, proposal);
  for (const line of describeProposal(proposal)) context.printer.talk(line);
  await agree(context, 'retire it');
  const ports = door.compose(undefined);
  const { id } = await beginRotation(ports, makeRecordId('r'), opened);
  context.printer.talk(`rotation ${id}`);
  return showEnd(context, door, await proceed(context, ports, id, { wait: input.wait }));
}

/** The user whose key it is; root's own is of no user. */
async function findOwner({ iam }: RotationDoor, AccessKeyId: string, signal: AbortSignal): Promise<string> {
  const { UserName } = await getAccessKeyLastUsed(iam.connection, { AccessKeyId, signal });
  if (UserName !== undefined) return UserName;
  throw new KeyturnError('ERR_CALLER', `${AccessKeyId} belongs to no user`, {
    hint: `root deletes its own keys with keyturn keys deactivate and keyturn keys delete`,
  });
}

/** @throws {KeyturnError} `ERR_CALLER` where the key would have to sign the readings of its own last use */
async function requireOtherKey({ iam }: RotationDoor, AccessKeyId: string): Promise<void> {
  if ((await iam.signer()) !== AccessKeyId) return;
  throw new KeyturnError('ERR_CALLER', `${AccessKeyId} signs these calls: each would be a use of it`, {
    hint: 'sign with another identity: --profile NAME',
  });
}
