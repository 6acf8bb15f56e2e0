import type { AccessKeyMetadata } from './access-key.ts';
import { pause } from './clock.ts';
import type { Connection } from './connection.ts';
import { readAccessKeys } from './list-access-keys.ts';

/** Milliseconds before each look: a new key takes a few seconds to be listed everywhere. */
const delays = [1000, 2000, 4000];
/** Milliseconds that the one look is given after the caller gave up. */
const lastLook = 5000;

/**
 * Which keys a user has that it had not before, after the answer to CreateAccessKey was lost; undefined where they cannot
 * be listed. A caller who has given up still gets one look, at once: it is all that is left to say.
 */
export async function findNewKeys(
  aws: Connection,
  UserName: string,
  before: readonly AccessKeyMetadata[],
  signal: AbortSignal | undefined,
): Promise<string[] | undefined> {
  const known = new Set(before.map((key) => key.AccessKeyId));
  let found: string[] | undefined;
  for (const delay of delays) {
    // Whatever goes wrong from here on, the lost answer is what has to be reported.
    await pause(aws.clock, delay, signal).catch(() => undefined);
    const bound = signal?.aborted ? AbortSignal.timeout(lastLook) : signal;
    const keys = await readAccessKeys(aws, UserName, bound).catch(() => undefined);
    found = keys?.map((key) => key.AccessKeyId).filter((id) => !known.has(id)) ?? found;
    if (signal?.aborted || (found !== undefined && found.length > 0)) break;
  }
  return found;
}
