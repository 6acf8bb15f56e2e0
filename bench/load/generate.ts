// The process that puts a server under load: a job in JSON on its standard input, what came of it on its standard output.
import { text } from 'node:stream/consumers';
import { pageOfUsers, type Job, type Outcome, type Subject } from './job.ts';
import { composeSignedRequest, readAccessKeyId } from './signed-request.ts';
import { Wire, type Answer } from './wire.ts';

const job = JSON.parse(await text(process.stdin)) as Job;
const makesKeys = job.action.startsWith('CreateAccessKey');
const drive = makesKeys ? createAndDelete : repeat;
const connections = deal(job.subjects, job.connections ?? job.subjects.length).map((subjects) => ({
  wire: new Wire(job.port),
  turns: repeatForever(subjects.map(prepare)),
}));
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

/** A call about a subject, signed once. */
interface Turn {
  readonly subject: Subject;
  readonly request: Buffer;
}

type Turns = Generator<Turn, never>;

function deal(subjects: readonly Subject[], hands: number): Subject[][] {
  return Array.from({ length: hands }, (_, hand) => subjects.filter((_subject, index) => index % hands === hand));
}

function prepare(subject: Subject): Turn {
  const { UserName, AccessKeyId } = subject;
  const parameters: Readonly<Record<Job['action'], Readonly<Record<string, string>>>> = {
    ListAccessKeys: { UserName },
    GetAccessKeyLastUsed: { AccessKeyId },
    GetUser: { UserName },
    ListUsers: { MaxItems: String(pageOfUsers) },
    CreateAccessKey: { UserName },
    'CreateAccessKey+DeleteAccessKey': { UserName },
  };
  const Action = makesKeys ? 'CreateAccessKey' : job.action;
  return { subject, request: sign(subject, { Action, ...parameters[job.action] }) };
}

function sign(subject: Subject, parameters: Readonly<Record<string, string>>): Buffer {
  return composeSignedRequest(job.port, subject.pair ?? job.pair, parameters);
}

function* repeatForever<T>(items: readonly T[]): Generator<T, never> {
  for (;;) yield* items;
}

/** Keeps every connection busy until a time, and returns how long each exchange took, in milliseconds. */
async function driveAll(until: number): Promise<number[]> {
  const latencies: number[] = [];
  await Promise.all(connections.map(({ wire, turns }) => drive(wire, turns, until, latencies)));
  return latencies;
}

/** One call after the other. */
async function repeat(wire: Wire, turns: Turns, until: number, latencies: number[]): Promise<void> {
  for (let now = performance.now(); now < until;) {
    const before = now;
    await exchange(wire, turns.next().value.request);
    now = performance.now();
    latencies.push(now - before);
  }
}

/** A key made and deleted. The Delete can be signed only when the id is known, so that signing is part of this load. */
async function createAndDelete(wire: Wire, turns: Turns, until: number, latencies: number[]): Promise<void> {
  while (performance.now() < until) {
    const { subject, request } = turns.next().value;
    const before = performance.now();
    const AccessKeyId = readAccessKeyId(await exchange(wire, request));
    const created = performance.now();
    await exchange(wire, sign(subject, { Action: 'DeleteAccessKey', UserName: subject.UserName, AccessKeyId }));
    latencies.push((job.action === 'CreateAccessKey' ? created : performance.now()) - before);
  }
}

async function exchange(wire: Wire, request: Buffer): Promise<Answer> {
  const answer = await wire.exchange(request);
  if (answer.status !== 200) throw new Error(`${job.action} was answered with ${answer.status}: ${answer.body}`);
  return answer;
}
