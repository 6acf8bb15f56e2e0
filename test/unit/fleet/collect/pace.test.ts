import { describe, expect, it } from 'vitest';
import { Pace } from '../../../../src/fleet/collect/pace.ts';
import { VirtualClock } from './virtual-clock.ts';

interface Terms {
  readonly rate: number;
  readonly burst: number;
  readonly latency: number;
  readonly workers: number;
  readonly calls: number;
  /** The rate from some moment on, in milliseconds. */
  readonly later?: { readonly after: number; readonly rate: number };
}

/** Makes calls through a pace to something that throttles as AWS does. */
async function rehearse({ rate, burst, latency, workers, calls, later }: Terms) {
  const clock = new VirtualClock();
  const pace = new Pace(clock);
  const start = clock.now().getTime();
  let tokens = burst;
  let filledAt = start;
  let left = calls;
  let throttled = 0;
  const admit = (): boolean => {
    const now = clock.now().getTime();
    const inForce = later !== undefined && now - start > later.after ? later.rate : rate;
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * inForce);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      for (;;) {
        const sentAt = await pace.takeTurn(undefined);
        const admitted = admit();
        await clock.wait(latency);
        if (admitted) {
          pace.noteAnswer(sentAt);
          break;
        }
        throttled += 1;
        pace.noteThrottling(sentAt);
      }
    }
  };
  await clock.runUntil(Promise.all(Array.from({ length: workers }, work)));
  const seconds = (clock.now().getTime() - start) / 1000;
  return { seconds, throttled };
}

describe('a pace', () => {
  it.each([
    { rate: 20, burst: 100, latency: 50, workers: 10, calls: 5000 },
    { rate: 5, burst: 10, latency: 50, workers: 10, calls: 1500 },
    { rate: 100, burst: 50, latency: 20, workers: 10, calls: 20_000 },
    { rate: 1, burst: 5, latency: 200, workers: 10, calls: 400 },
    { rate: 20, burst: 100, latency: 400, workers: 16, calls: 5000 },
  ])('needs hardly more than the throttle asks for: %o', async (terms) => {
    const { seconds, throttled } = await rehearse(terms);
    const floor = (terms.calls - terms.burst) / terms.rate;
    expect(seconds).toBeLessThan(floor * 1.05);
    expect(throttled).toBeLessThan(Math.max(terms.calls * 0.01, 40));
  });

  it('holds nothing back where nothing is throttled', async () => {
    const { seconds, throttled } = await rehearse({ rate: 1e6, burst: 1e6, latency: 50, workers: 10, calls: 1000 });
    expect(throttled).toBe(0);
    expect(seconds).toBeCloseTo(5, 1);
  });

  it.each([5, 80])('finds a rate of 20 that has become %i', async (rate) => {
    const terms = { rate: 20, burst: 100, latency: 50, workers: 10, calls: 6000, later: { after: 60_000, rate } };
    const { seconds, throttled } = await rehearse(terms);
    const floor = 60 + (6000 - 100 - 60 * 20) / rate;
    expect(seconds).toBeLessThan(floor * (rate > 20 ? 2 : 1.05));
    expect(throttled).toBeLessThan(120);
  });

  it('lets the others go on when one of those who wait gives up', async () => {
    const clock = new VirtualClock();
    const pace = new Pace(clock);
    pace.noteThrottling(await pace.takeTurn(undefined));
    const stop = new AbortController();
    const [first, second] = [pace.takeTurn(stop.signal), pace.takeTurn(undefined)];
    stop.abort();
    await expect(clock.runUntil(first)).rejects.toMatchObject({ code: 'ERR_INTERRUPTED' });
    await clock.runUntil(second);
  });
});
