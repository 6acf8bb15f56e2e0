/** What is known before a rotation begins, and what forbids it. Everything here only reads. */
import { AwsError, KeyturnError } from '../../errors.ts';
import {
  describeCaller,
  findQuarantine,
  getAccessKeyLastUsed,
  getCallerIdentity,
  type AccessKeyMetadata,
  type CallerIdentity,
  type LastUsed,
} from '../../iam/index.ts';
import { findMissingPermissions, leaseOf, makeNobodysKeyId, type StartFacts } from '../../rotation/index.ts';
import { describePolicyFor } from '../../policy/permission-document.ts';
import type { Context } from '../context.ts';
import { drawBase32 } from '../journal.ts';
import type { RotationDoor } from './compose.ts';

export interface Facts extends StartFacts {
  readonly caller: CallerIdentity;
  /** Whether the endpoint tells every use at once, as Keyturn's own does. */
  readonly isExact: boolean;
}

/**
 * @param UserName the caller's own user if absent
 * @throws {KeyturnError} `ERR_CALLER`, `ERR_REFUSED`, and AWS's refusals
 */
export async function readFacts(door: RotationDoor, UserName: string | undefined, signal: AbortSignal): Promise<Facts> {
  const { iam } = door;
  const caller = await getCallerIdentity(iam.connection, { signal });
  if (UserName === undefined && describeCaller(caller).kind === 'root') throw refuseRoot();
  const user = await iam.readUser(UserName, signal);
  await requireNoQuarantine(door, user.UserName, caller, signal);
  const keys = await iam.listKeys(user.UserName, signal);
  const readings = await Promise.all(keys.map((key) => readUse(door, key, signal)));
  const { Account, UserId, Arn } = user;
  return {
    caller,
    subject: { Account, UserId, UserName: user.UserName, Arn },
    keys: readings.map(({ key }) => key),
    isExact: readings.length > 0 && readings.every(({ granularity }) => granularity === 0),
    tagNames: (user.Tags ?? []).map(({ Key }) => Key),
    readAt: iam.now(),
  };
}

function refuseRoot(): KeyturnError {
  return new KeyturnError('ERR_REFUSED', "the account's root user gets no new access key", {
    hint: 'keyturn retire ID lets the one it has go with care; make an IAM user or a role for the purpose',
  });
}

interface KeyReading {
  readonly key: AccessKeyMetadata & { readonly LastUsed: LastUsed };
  readonly granularity: number | undefined;
}

async function readUse(door: RotationDoor, key: AccessKeyMetadata, signal: AbortSignal): Promise<KeyReading> {
  const { AccessKeyId } = key;
  const { LastUsed, granularity } = await getAccessKeyLastUsed(door.iam.connection, { AccessKeyId, signal });
  return { key: { ...key, LastUsed }, granularity };
}

/**
 * An open rotation explains the second key better than the quota does.
 *
 * @throws {KeyturnError} `ERR_CONFLICTING_RECORD`
 */
export async function requireNoneOpen({ journal }: RotationDoor, { subject }: Facts): Promise<void> {
  for await (const { record } of journal.list({ open: true, subject: leaseOf({ subject }) })) {
    throw new KeyturnError('ERR_CONFLICTING_RECORD', `${record} is under way for ${subject.UserName}`, {
      hint: `keyturn resume ${record} goes on with it, keyturn undo ${record} takes it back`,
    });
  }
}

/** A quarantined user may not change its keys, and cannot help itself: somebody else has to. */
async function requireNoQuarantine(
  { iam }: RotationDoor,
  UserName: string,
  caller: CallerIdentity,
  signal: AbortSignal,
): Promise<void> {
  const isOwn = describeCaller(caller).UserName?.toLowerCase() === UserName.toLowerCase();
  const quarantine = await findQuarantine(iam.connection, UserName, { signal });
  if (quarantine.Kind !== 'quarantined' || !isOwn) return;
  throw new KeyturnError(
    'ERR_CALLER',
    `AWS has quarantined ${UserName} (${quarantine.PolicyName}): it has seen a key of it in public, and lets it change none`,
    { hint: `an administrator can: keyturn contain ID first, then keyturn rotate --user ${UserName}` },
  );
}

/**
 * Tries, on a key that does not exist, what is going to be done.
 *
 * @throws {KeyturnError} `ERR_ACCESS_DENIED` with the policy that is missing
 */
export async function requirePermissions(
  { printer, interruption }: Context,
  { iam }: RotationDoor,
  { subject }: Facts,
): Promise<void> {
  const { UserName, Account, Arn } = subject;
  const nobodys = makeNobodysKeyId(drawBase32(16).toUpperCase());
  const missing = await findMissingPermissions(iam, UserName, nobodys, interruption.signal);
  if (missing.length === 0) return;
  const { document } = describePolicyFor('rotator', { UserName, Account, partition: Arn.split(':')[1] ?? 'aws' });
  printer.tell('this policy would allow it:');
  for (const line of JSON.stringify(document, null, 2).split('\n')) printer.tell(line);
  throw new AwsError('ERR_ACCESS_DENIED', `not allowed for ${UserName}: ${missing.join(', ')}; nothing was changed`, {
    hint: `give the caller what keyturn policy rotator --user ${UserName} prints`,
  });
}
