/** A process of its own that moves a key to and fro, for a test that kills it: `node deliver-forever.ts SPEC`. */
import { Secret } from '../../../src/secret.ts';
import { openSink } from '../../../src/sinks/open-sink.ts';

const sink = openSink(process.argv[2] ?? '', { env: {}, home: '/none' });
const [a, b] = ['A', 'B'].map((sign) => ({
  AccessKeyId: `AKIA${sign.repeat(16)}`,
  SecretAccessKey: new Secret(sign.repeat(40)),
}));
if (a === undefined || b === undefined) throw new Error('there are two');
const requireLease = (): void => undefined;
console.log('ready');
for (;;) {
  await sink.deliver(b, { replaces: a.AccessKeyId, requireLease });
  await sink.restore(a.AccessKeyId, { replaces: b.AccessKeyId, requireLease });
}
