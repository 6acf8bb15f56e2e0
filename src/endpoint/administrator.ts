import { KeyturnError } from '../errors.ts';
import type { Secret } from '../secret.ts';
import type { Directory } from './directory/directory.ts';
import type { KeyPair, Settings } from './options.ts';

/** Who may do everything from the first start on. */
export interface Administrator {
  readonly UserName: 'admin';
  readonly accessKeyId: string;
  /** Absent when the data folder was there before and the secret was not given again. */
  readonly secretAccessKey: Secret | undefined;
}

const defaultAccountId = '123456789012';

/**
 * Makes the account and its administrator on the first start; afterwards makes sure that what is given agrees with what
 * is there.
 *
 * @throws KeyturnError ERR_USAGE when it does not
 */
export function establish(
  directory: Directory,
  { accountId, pair, data }: Settings,
  now: Date,
): { accountId: string; administrator: Administrator } {
  const origin = directory.origin();
  if (origin === undefined) {
    const begun = directory.begin({ accountId: accountId ?? defaultAccountId, pair, now });
    return describe(begun.accountId, begun);
  }
  if (accountId !== undefined && accountId !== origin.accountId) {
    const problem = `the data folder ${data ?? ''} holds the account ${origin.accountId}, not ${accountId}`;
    throw new KeyturnError('ERR_USAGE', problem, { hint: 'leave the account id out, or choose another data folder' });
  }
  if (pair === undefined) return describe(origin.accountId, { AccessKeyId: origin.AccessKeyId });
  if (!isKeyOf(origin.UserId, pair, directory)) {
    const problem = `the administrator of the data folder ${data ?? ''} has no access key ${pair.AccessKeyId} with that secret`;
    throw new KeyturnError('ERR_USAGE', problem, { hint: 'leave the pair out, or choose another data folder' });
  }
  return describe(origin.accountId, pair);
}

function isKeyOf(UserId: string, { AccessKeyId, SecretAccessKey }: KeyPair, directory: Directory): boolean {
  const key = directory.accessKeys.find(AccessKeyId);
  return key?.ownerId === UserId && key.SecretAccessKey.reveal() === SecretAccessKey.reveal();
}

function describe(
  accountId: string,
  { AccessKeyId, SecretAccessKey }: { AccessKeyId: string; SecretAccessKey?: Secret },
): { accountId: string; administrator: Administrator } {
  return {
    accountId,
    administrator: { UserName: 'admin', accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
  };
}
