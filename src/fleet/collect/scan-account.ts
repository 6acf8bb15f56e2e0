import { connectAs } from '../../iam/connect-as.ts';
import { readCallerIdentity } from '../../iam/caller-identity.ts';
import type { Connection } from '../../iam/index.ts';
import type { ScanCost } from '../facts.ts';
import { scanIntoStore } from './account.ts';
import { AccountDoor } from './door.ts';
import { Gate } from './gate.ts';
import { Meter } from './meter.ts';
import { endScan, readScanned, resumeScan } from './resume.ts';
import type { ScannedAccount, ScanOptions } from './scan-types.ts';

/**
 * Scans the caller's own account: which keys there are, and all that is known of them. An account of 5,000 users with a key
 * each takes 5,000 calls and some ten more; later, with 1 percent of the keys changed, sixty.
 *
 * @throws AwsError where the users cannot be read at all; what is refused beside that is a gap of the account's facts
 * @throws KeyturnError ERR_INTERRUPTED, ERR_JOURNAL; the next scan goes on where this one was
 * @example
 * const { account, users, cost } = await scanAccount(aws, { store });
 * for await (const user of users()) console.log(user.UserName, user.AccessKeys);
 */
export async function scanAccount(
  aws: Connection,
  options: ScanOptions,
): Promise<ScannedAccount & { readonly cost: ScanCost }> {
  const { store, signal, onProgress } = options;
  const { clock } = aws;
  const meter = new Meter(onProgress);
  meter.expectAccounts(1);
  const door = new AccountDoor(() => connectAs(aws), { clock, meter, gate: new Gate(1) });
  const { Account, Arn } = await door.call('GetCallerIdentity', (it, stop) => readCallerIdentity(it.sts, stop), signal);
  const scan = await resumeScan(`account/${Account}`, options, clock);
  const partition = readPartition(Arn);
  await scanIntoStore({ door, account: Account, partition, scan, store, meter, clock, signal });
  await endScan(scan, store);
  meter.countAccount();
  return { ...(await readScanned(store, Account)), cost: meter.readCost() };
}

/** `aws`, `aws-cn`, `aws-us-gov`, …: the second part of an ARN. */
export function readPartition(Arn: string): string {
  return Arn.split(':')[1] ?? 'aws';
}
