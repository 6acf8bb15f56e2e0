import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes. With more room V8 takes longer to fill it, and gains little: of what a request leaves hardly any is still in use. */
const enoughRoom = 16 * 1024 * 1024;

/**
 * Lets the room for young objects grow no further than is good for a server or a scan. V8 would give them a hundred MiB under load.
 *
 * How large the room may be can be told only at the start of Node.js, before this program; by which factor it grows, always.
 * Source: https://nodejs.org/docs/latest-v24.x/api/cli.html#--max-semi-space-sizesize-in-mib
 */
export function spareMemory(): void {
  const observer = new PerformanceObserver(() => {
    const room = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
    if (room < enoughRoom) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}
