// The process that puts a server under load: a job in JSON on its standard input, what came of it on its standard output.
import { text } from 'node:stream/consumers';
import type { Job, Outcome, Subject } from './job.ts';
import { composeSignedRequest, readAccessKeyId } from './signed-request.ts';
import { Wire, type Answer } from './wire.ts';

const job = JSON.parse(await text(process.stdin)) as Job;
const drive = job.action === 'CreateAccessKey+DeleteAccessKey' ? createAndDelete : repeat;
const connections = job.subjects.map((subject) => ({ subject, wire: new Wire(job.port) }));
const awake = stayAwake();

await driveAll(performance.now() + job.warmUp);
const start = performance.now();
const latencies = await driveAll(start + job.duration);
const seconds = (performance.now() - start) / 1000;
awake.abort();
for (const { wire } of connections) wire.close();

latencies.sort((a, b) => a - b);
const outcome: Outcome = {
  perSecond: latencies.length / seconds,
  p50: latencies[latencies.length >> 1] ?? Number.NaN,
};
process.stdout.write(JSON.stringify(outcome));

/**
 * Never sleeps until told to. A server that answers a sleeping client has to wake it, and on a virtual machine that can
 * cost it a third of its time: time of the client's, not of the server's.
 */
function stayAwake(): AbortController {
  const controller = new AbortController();
  const turn = () => {
    if (!controller.signal.aborted) setImmediate(turn);
  };
  turn();
  return controller;
}

/** Keeps every connection busy until a time, and returns how long each exchange took, in milliseconds. */
async function driveAll(until: number): Promise<number[]> {
  const latencies: number[] = [];
  await Promise.all(connections.map(({ wire, subject }) => drive(wire, subject, until, latencies)));
  return latencies;
}

/** One call, signed once, again and again. */
async function repeat(wire: Wire, subject: Subject, until: number, latencies: number[]): Promise<void> {
  const { UserName, AccessKeyId } = subject;
  const parameters = job.action === 'ListAccessKeys' ? { UserName } : { AccessKeyId };
  const request = composeSignedRequest(job.port, job.pair, { Action: job.action, ...parameters });
  for (let now = performance.now(); now < until;) {
    const before = now;
    await exchange(wire, request);
    now = performance.now();
    latencies.push(now - before);
  }
}

/** A key made and deleted. The Delete can be signed only when the id is known, so that signing is part of this load. */
async function createAndDelete(wire: Wire, { UserName }: Subject, until: number, latencies: number[]): Promise<void> {
  const create = composeSignedRequest(job.port, job.pair, { Action: 'CreateAccessKey', UserName });
  while (performance.now() < until) {
    const before = performance.now();
    const AccessKeyId = readAccessKeyId(await exchange(wire, create));
    const parameters = { Action: 'DeleteAccessKey', UserName, AccessKeyId };
    await exchange(wire, composeSignedRequest(job.port, job.pair, parameters));
    latencies.push(performance.now() - before);
  }
}

async function exchange(wire: Wire, request: Buffer): Promise<Answer> {
  const answer = await wire.exchange(request);
  if (answer.status !== 200) throw new Error(`${job.action} was answered with ${answer.status}: ${answer.body}`);
  return answer;
}
