// An endpoint in a process of its own that tells what it could not answer and how much memory it holds.
// Run with --expose-gc; argv is the access key id, the secret and, if any, the data folder.
import { startEndpoint } from '../../src/endpoint/index.ts';

const [, , accessKeyId = '', secretAccessKey = '', data] = process.argv;
const endpoint = await startEndpoint({
  accessKeyId,
  secretAccessKey,
  ...(data !== undefined && { data }),
  log: (event) => {
    if (event.kind === 'failed' || event.kind === 'not-written') {
      const { cause } = event;
      process.send?.({ failure: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
    }
  },
});
process.on('message', () => {
  gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ held: heapUsed + external, rss });
});
process.on('disconnect', () => process.exit());
process.send?.({ url: endpoint.url });
