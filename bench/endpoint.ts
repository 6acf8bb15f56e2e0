/** `keyturn serve` beside `moto_server`: how many calls a second, how long one takes, and how soon the first is answered. */
import { runJob } from './load/job.ts';
import { describePythonPackages, findPythonProgram } from './peers.ts';
import type { Section } from './report.ts';
import { administrator, keyturnServe, makeSubjects, startServer, type Launch } from './servers.ts';
import { findMedian, takeTurns } from './turns.ts';

const rounds = 5;
const users = 100;
const connections = 8;
const warmUp = 3_000;
const duration = 2_000;

const actions = ['ListAccessKeys', 'GetAccessKeyLastUsed', 'CreateAccessKey+DeleteAccessKey'] as const;
type Action = (typeof actions)[number];

/** What one run of a server showed. */
interface Figures {
  /** Milliseconds. */
  readonly firstAnswer: number;
  readonly perSecond: Readonly<Record<Action, number>>;
  /** The median time of an exchange at one connection, in milliseconds. */
  readonly p50: Readonly<Record<Action, number>>;
}

/** Measures, or says why not. */
export async function measureEndpoint(): Promise<Section | string> {
  const moto = findPythonProgram('moto_server');
  if (moto === undefined) return 'the benchmark of the endpoint: there is no moto_server beside python3';
  const motoServer: Launch = ({ port }) => ({ command: moto, args: ['--port', String(port)] });
  const { keyturn, peer } = await takeTurns(rounds, {
    peer: () => measureServer(motoServer),
    keyturn: () => measureServer(keyturnServe),
  });
  return describe(keyturn, peer);
}

/** Starts a server, fills it a little, puts it under each load, and stops it. */
async function measureServer(launch: Launch): Promise<Figures> {
  const server = await startServer(launch);
  try {
    const subjects = await makeSubjects(server, users, connections);
    const shared = { port: server.port, pair: administrator, warmUp, duration };
    const perSecond = await measureEach(async (action) => (await runJob({ ...shared, action, subjects })).perSecond);
    const alone = subjects.slice(0, 1);
    const p50 = await measureEach(async (action) => (await runJob({ ...shared, action, subjects: alone })).p50);
    return { firstAnswer: server.firstAnswer, perSecond, p50 };
  } finally {
    await server.stop();
  }
}

async function measureEach(measure: (action: Action) => Promise<number>): Promise<Record<Action, number>> {
  const figures: Partial<Record<Action, number>> = {};
  for (const action of actions) figures[action] = await measure(action);
  return figures as Record<Action, number>;
}

function describe(keyturn: readonly Figures[], peer: readonly Figures[]): Section {
  const row = (what: string, pick: (figures: Figures) => number, wanted: string, digits = 0) => {
    const [ours, theirs] = [findMedian(keyturn.map(pick)), findMedian(peer.map(pick))];
    return [what, ours.toFixed(digits), theirs.toFixed(digits), (ours / theirs).toPrecision(2), wanted];
  };
  return {
    title: 'The endpoint',
    setting: `\`keyturn serve --data\` beside \`moto_server\`, each a process of its own and started anew for every one of
${rounds} runs taken in turn; ${users} users with a key each; the load from a third process over raw sockets, ${duration / 1000} s after a
warm-up of ${warmUp / 1000} s. Requests are signed beforehand, but for DeleteAccessKey, whose key is known only when it is made.
Keyturn verifies every signature, keeps everything on disk and notes every use; moto keeps its data in memory.`,
    table: [
      ['', 'Keyturn', 'moto', 'ratio', 'wanted'],
      row(`ListAccessKeys, calls a second at ${connections} connections`, (f) => f.perSecond.ListAccessKeys, '≥ 40'),
      row(`GetAccessKeyLastUsed, the same`, (f) => f.perSecond.GetAccessKeyLastUsed, '≥ 40'),
      row('CreateAccessKey and DeleteAccessKey, pairs', (f) => f.perSecond['CreateAccessKey+DeleteAccessKey'], '≥ 15'),
      row('ListAccessKeys at one connection, p50 in ms', (f) => f.p50.ListAccessKeys, '≤ 0.1', 3),
      row('GetAccessKeyLastUsed, the same', (f) => f.p50.GetAccessKeyLastUsed, '≤ 0.1', 3),
      row('CreateAccessKey and DeleteAccessKey, a pair', (f) => f.p50['CreateAccessKey+DeleteAccessKey'], '≤ 0.1', 3),
      row('first answer after the start of the process, ms', (f) => f.firstAnswer, '≤ 0.2'),
    ],
    notes: `The time of a pair is that of three things: two calls, and the signing of the second by the client. The client never
sleeps, because a server that answers a sleeping client has to wake it first, which on a virtual machine can cost it a
third of its time.

The throughput is what every request costs with its signature, its policies and its last use; some two thirds of it is
node:http. Some two thirds of the start are what any program takes in Node.js that makes a database, listens and
answers; bin/start.cjs reads no more of the command line than \`serve\` needs.`,
    peers: describePythonPackages('moto', 'werkzeug', 'boto3'),
  };
}
