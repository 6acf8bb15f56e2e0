import { AwsError, KeyturnError } from '../../errors.ts';
import { NotProvenError, proveAccessKey, type CreatedAccessKey } from '../../iam/index.ts';
import type { Stage } from './stage.ts';

/** Milliseconds for one try of the key. */
const oneTry = 10_000;

/**
 * Tries a deactivated key until it is refused: deactivating it takes some seconds to reach all of AWS.
 *
 * @returns the code it is refused with
 * @throws KeyturnError ERR_NOT_PROVEN where it still works when the patience is over
 */
export async function waitForRefusal(stage: Stage, key: CreatedAccessKey, Arn: string): Promise<string> {
  const { aws, patience, interruption } = stage;
  const { signal } = interruption;
  const start = aws.clock.now().getTime();
  for (;;) {
    const code = await findRefusal(stage, key, Arn);
    if (code !== undefined) return code;
    if (aws.clock.now().getTime() - start > patience.within) {
      throw new KeyturnError('ERR_NOT_PROVEN', `${key.AccessKeyId} still works though it is Inactive`, {
        hint: 'look at it with keyturn keys list: AWS may need longer, or something activated it again',
      });
    }
    await aws.clock.wait(patience.every, signal);
  }
}

/** Tries the key once: the code of the refusal, or undefined where it still works. */
async function findRefusal(stage: Stage, key: CreatedAccessKey, Arn: string): Promise<string | undefined> {
  const once = { firstAfter: 0, every: oneTry, successes: 1, within: oneTry - 1 };
  try {
    await proveAccessKey(stage.aws, key, { Arn, ...once, signal: stage.interruption.signal });
    return undefined;
  } catch (error) {
    const refusal = error instanceof NotProvenError ? error.cause : undefined;
    if (refusal instanceof AwsError && refusal.code === 'ERR_CREDENTIALS') return refusal.awsCode ?? refusal.code;
    throw error;
  }
}
