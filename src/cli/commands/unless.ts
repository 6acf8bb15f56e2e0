import { AwsError, type AwsErrorCode } from '../../errors.ts';

/**
 * What a call answers, or, where it fails with one of these codes, the failure as a value: for what a command can go on
 * without. @throws every other failure
 */
export async function unless<T>(codes: readonly AwsErrorCode[], call: Promise<T>): Promise<T | AwsError> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && codes.includes(error.code)) return error;
    throw error;
  }
}

/** Failures to read one key's facts. Any other failure would be the same for every key. */
export const failuresOfOneKey = ['ERR_ACCESS_DENIED', 'ERR_NO_SUCH_ENTITY', 'ERR_THROTTLED', 'ERR_SERVICE'] as const;
