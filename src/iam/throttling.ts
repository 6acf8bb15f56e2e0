import { AwsError } from '../errors.ts';
import { pause } from './clock.ts';
import type { Clock } from './clock.ts';

/** Milliseconds between attempts: IAM's buckets refill within seconds. */
const delays = [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000];

/**
 * Does a call again while AWS answers that it is called too often, which means that nothing was done.
 *
 * The SDK's own retries come first where a command has them; they share one small budget, which a scan of a large account
 * uses up.
 *
 * @throws AwsError ERR_THROTTLED when about 40 seconds did not help
 */
export async function retryThrottled<T>(
  clock: Clock,
  signal: AbortSignal | undefined,
  call: () => Promise<T>,
): Promise<T> {
  for (const delay of delays) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'ERR_THROTTLED')) throw error;
      await pause(clock, delay, signal);
    }
  }
  return call();
}
