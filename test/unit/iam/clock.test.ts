import { describe, expect, it } from 'vitest';
import { pause, systemClock } from '../../../src/iam/clock.ts';
import { catchFailure } from './catch-failure.ts';

describe('the system clock', () => {
  it('waits, and stops waiting when it is told to', async () => {
    await pause(systemClock, 1, undefined);
    const start = systemClock.now().getTime();
    const error = await catchFailure(pause(systemClock, 60_000, AbortSignal.timeout(20)));
    expect(error.code).toBe('ERR_INTERRUPTED');
    expect(systemClock.now().getTime() - start).toBeLessThan(5000);
  });
});
