// An endpoint that is scanned: its options are the first message. It tells where it is, counts what it answers, and does
// what it is told: `rehearse` something, let time pass by `advance` milliseconds, tell the `counts`.
import { once } from 'node:events';
import { startEndpoint } from '../../src/endpoint/index.ts';

export type Order = { readonly rehearse: unknown } | { readonly advance: number } | { readonly counts: true };
export interface Started {
  readonly url: string;
  readonly env: Record<string, string>;
}
/** Requests by action, all and those refused with 400, which Throttling is. */
export type Counts = Record<string, { sent: number; refused: number }>;

let counts: Counts = {};
const [options] = (await once(process, 'message')) as [object];
const endpoint = await startEndpoint({
  ...options,
  log: (event) => {
    if (event.kind !== 'answered') return;
    const { action = '?', status } = event.request;
    const count = (counts[action] ??= { sent: 0, refused: 0 });
    count.sent += 1;
    if (status === 400) count.refused += 1;
  },
});
process.on('message', (order: Order) => {
  if ('rehearse' in order) endpoint.rehearse(order.rehearse);
  if ('advance' in order) endpoint.advanceClock(order.advance);
  process.send?.(counts);
  if ('counts' in order) counts = {};
});
process.send?.({ url: endpoint.url, env: endpoint.environment() } satisfies Started);
