import type { ScanProgress } from '../../fleet/collect/scan-types.ts';
import type { Context } from '../context.ts';

/** Shows how far a scan is, a few times a second: counts, rate and time left. */
export function trackScan({ now, printer }: Pick<Context, 'now' | 'printer'>): (progress: ScanProgress) => void {
  const start = now().getTime();
  let shown = 0;
  return (progress) => {
    const time = now().getTime();
    if (time - shown < 200) return;
    shown = time;
    printer.progress(describeProgress(progress, time - start));
  };
}

/** @param elapsed milliseconds since the scan began */
export function describeProgress(progress: ScanProgress, elapsed: number): string {
  const { accounts, accountsInAll, users, usersInAll, calls, throttled } = progress;
  const rate = calls / Math.max(1, elapsed / 1000);
  return [
    ...(accountsInAll !== undefined && accountsInAll > 1 ? [`${accounts}/${accountsInAll} accounts`] : []),
    `${users}/${usersInAll} users`,
    `${calls} calls, ${rate.toFixed(rate < 10 ? 1 : 0)} a second${throttled > 0 ? `, ${throttled} throttled` : ''}`,
    ...describeRest(progress, elapsed),
  ].join(' · ');
}

/** The time left, by the accounts where there are several, else by the users; nothing before it means something. */
function describeRest({ accounts, accountsInAll = 1, users, usersInAll }: ScanProgress, elapsed: number): string[] {
  const [done, inAll] = accountsInAll > 1 ? [accounts, accountsInAll] : [users, usersInAll];
  if (elapsed < 2000 || done === 0 || done >= inAll) return [];
  const seconds = Math.ceil(((inAll - done) * elapsed) / done / 1000);
  return [seconds < 90 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`];
}
