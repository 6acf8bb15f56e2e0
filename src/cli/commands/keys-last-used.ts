import { AwsError } from '../../errors.ts';
import { getAccessKeyLastUsed, listAccessKeys, type AccessKeyMetadata, type Connection } from '../../iam/index.ts';
import { mapInOrder } from '../../iam/map-in-order.ts';
import { connectToAws } from '../connect.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import type { AccessKeyElement } from '../output/access-keys.ts';
import { printAccessKeys } from './print-access-keys.ts';
import { failuresOfOneKey, unless } from './unless.ts';

export interface KeysLastUsedInput {
  readonly AccessKeyIds: readonly string[];
}

const lookupsAtATime = 5;

/** `keyturn keys last-used`: exit code 1 where the last use of one of the keys could not be found out. */
export async function showLastUsed(context: Context, { AccessKeyIds }: KeysLastUsedInput): Promise<number | undefined> {
  const { connection } = await connectToAws(context);
  const readKeysOf = rememberKeys(connection);
  let unknown = 0;
  const keys = mapInOrder(AccessKeyIds, lookupsAtATime, context.interruption.signal, async (AccessKeyId, signal) => {
    const key = await lookUp(connection, AccessKeyId, readKeysOf, signal);
    if (key.LastUsed.Kind === 'unknown') unknown += 1;
    return key;
  });
  await printAccessKeys(context, keys);
  return unknown > 0 ? exitCodes.failed : undefined;
}

type ReadKeysOf = (UserName: string, signal: AbortSignal) => Promise<readonly AccessKeyMetadata[]>;

/** Lists each user's keys once, however many of them are asked about; keys that may not be listed are not there. */
function rememberKeys(connection: Connection): ReadKeysOf {
  const known = new Map<string, ReturnType<ReadKeysOf>>();
  async function readKeys(UserName: string, signal: AbortSignal): Promise<readonly AccessKeyMetadata[]> {
    const keys = await unless(failuresOfOneKey, listAccessKeys(connection, { UserName, signal }));
    return keys instanceof AwsError ? [] : keys;
  }
  return (UserName, signal) => {
    const keys = known.get(UserName) ?? readKeys(UserName, signal);
    known.set(UserName, keys);
    return keys;
  };
}

async function lookUp(
  connection: Connection,
  AccessKeyId: string,
  readKeysOf: ReadKeysOf,
  signal: AbortSignal,
): Promise<AccessKeyElement> {
  const use = await unless(failuresOfOneKey, getAccessKeyLastUsed(connection, { AccessKeyId, signal }));
  if (use instanceof AwsError) return { AccessKeyId, LastUsed: { Kind: 'unknown', Reason: use.message } };
  const { UserName, LastUsed } = use;
  const keys = UserName === undefined ? [] : await readKeysOf(UserName, signal);
  const { Status, CreateDate } = keys.find((key) => key.AccessKeyId === AccessKeyId) ?? {};
  return { UserName, AccessKeyId, Status, CreateDate, LastUsed };
}
