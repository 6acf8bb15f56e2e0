import { KeyturnError } from '../errors.ts';

/** The error of a call that its caller gave up on. The signal's reason is the cause. */
export function describeInterruption(signal: AbortSignal | undefined): KeyturnError {
  return new KeyturnError('ERR_INTERRUPTED', 'interrupted', { cause: signal?.reason });
}

/** @throws KeyturnError ERR_INTERRUPTED when the signal has already fired */
export function requireNotInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw describeInterruption(signal);
}

/**
 * Waits for a promise, yet no longer than the signal allows: credential providers of the AWS SDK take no AbortSignal, and
 * a sign-in that hangs must not hold its caller.
 *
 * @throws KeyturnError ERR_INTERRUPTED as soon as the signal fires; what was waited for goes on unobserved
 */
export async function waitUntilInterrupted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  let interrupt: (() => void) | undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    interrupt = () => {
      reject(describeInterruption(signal));
    };
    if (signal.aborted) interrupt();
    else signal.addEventListener('abort', interrupt, { once: true });
  });
  try {
    return await Promise.race([promise, interrupted]);
  } finally {
    if (interrupt !== undefined) signal.removeEventListener('abort', interrupt);
  }
}
