/** `keyturn serve` on a million users beside itself on a hundred, and beside `moto_server` on as many as that can hold. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findSubjects, seedFleet, serveFleet } from './fleet.ts';
import { runJob, type LoadAction, type Subject } from './load/job.ts';
import { composeSignedRequest } from './load/signed-request.ts';
import { describePythonPackages, findPythonProgram } from './peers.ts';
import type { Section } from './report.ts';
import { administrator, makeSubjects, startServer, type Launch, type RunningServer } from './servers.ts';
import { findMedian, takeTurns } from './turns.ts';

const small = { accounts: 1, users: 100 };
const large = { accounts: 200, users: 5_000 };
/** The users of the one account whose report is long. */
const longAccount = { accounts: 1, users: 100_000 };
const motoUsers = 5_000;
/** More in all than Keyturn keeps at hand, so that on the large fleet every call reads what the load is about. */
const subjectsOfAccount = 100;
const starts = 5;
const rounds = 3;
const connections = 8;
const warmUp = 600;
const duration = 1_000;
/** Milliseconds from asking for a credential report to having it. */
const reportTime = 2_100;

/** How a body in chunks ends. */
const lastChunk = '\r\n0\r\n\r\n';

const alone = ['ListAccessKeys', 'GetAccessKeyLastUsed', 'GetUser', 'ListUsers', 'CreateAccessKey'] as const;
const together = ['ListAccessKeys', 'GetAccessKeyLastUsed', 'CreateAccessKey+DeleteAccessKey'] as const;

/** A server, and whom the load is about. */
interface Target {
  readonly server: RunningServer;
  readonly subjects: readonly Subject[];
}

/** What one round showed. */
interface Figures {
  /** The median time of an exchange at one connection, in milliseconds. */
  readonly p50: Readonly<Record<string, number>>;
  readonly perSecond: Readonly<Record<string, number>>;
}

/** MiB. */
interface Memory {
  readonly before: number;
  readonly after: number;
}

interface Report {
  /** Milliseconds that each call took. */
  readonly made: number;
  readonly read: number;
  /** Bytes of the answer. */
  readonly length: number;
  readonly memory: Memory;
}

interface Findings {
  readonly firstAnswer: Readonly<Record<'small' | 'large', readonly number[]>>;
  readonly figures: Readonly<Record<'small' | 'large' | 'moto', readonly Figures[]>>;
  readonly memory: Readonly<Record<'small' | 'large' | 'moto', Memory>>;
  readonly report: Report;
  readonly longReport: Report;
}

/** Measures, or says why not. */
export async function measureScale(): Promise<Section | string> {
  const moto = findPythonProgram('moto_server');
  if (moto === undefined) return 'the benchmark of scale: there is no moto_server beside python3';
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-scale-'));
  try {
    const folders = { small: join(folder, 'small'), large: join(folder, 'large'), long: join(folder, 'long') };
    console.error('filling the folders');
    seedFleet(folders.small, small);
    seedFleet(folders.large, large);
    seedFleet(folders.long, longAccount);
    return describe(await measureAll(folders, ({ port }) => ({ command: moto, args: ['--port', String(port)] })));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(folders: Readonly<Record<'small' | 'large' | 'long', string>>, motoServer: Launch) {
  const firstAnswer = await takeTurns(starts, {
    small: () => measureStart(serveFleet(folders.small)),
    large: () => measureStart(serveFleet(folders.large)),
  });
  return {
    firstAnswer,
    ...(await measureLoads(folders, motoServer)),
    report: await withServer(serveFleet(folders.large), measureReport),
    longReport: await withServer(serveFleet(folders.long), measureReport),
  };
}

async function measureLoads(folders: Readonly<Record<'small' | 'large', string>>, motoServer: Launch) {
  const subjects = {
    small: findSubjects(folders.small, subjectsOfAccount),
    large: findSubjects(folders.large, subjectsOfAccount),
  };
  return withServer(serveFleet(folders.small), (ofSmall) =>
    withServer(serveFleet(folders.large), (ofLarge) =>
      withServer(motoServer, async (ofMoto) => {
        const before = { small: ofSmall.memory(), large: ofLarge.memory(), moto: ofMoto.memory() };
        const filled = await makeSubjects(ofMoto, motoUsers, motoUsers);
        const figures = await takeTurns(rounds, {
          small: () => measureTarget({ server: ofSmall, subjects: subjects.small }),
          large: () => measureTarget({ server: ofLarge, subjects: subjects.large }),
          moto: () => measureTarget({ server: ofMoto, subjects: filled }),
        });
        const memory = {
          small: { before: before.small, after: ofSmall.memory() },
          large: { before: before.large, after: ofLarge.memory() },
          moto: { before: before.moto, after: ofMoto.memory() },
        };
        return { figures, memory };
      }),
    ),
  );
}

async function withServer<T>(launch: Launch, work: (server: RunningServer) => Promise<T>): Promise<T> {
  const server = await startServer(launch);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

function measureStart(launch: Launch): Promise<number> {
  return withServer(launch, ({ firstAnswer }) => Promise.resolve(firstAnswer));
}

async function measureTarget({ server, subjects }: Target): Promise<Figures> {
  const measure = (action: LoadAction, atOnce: number) =>
    runJob({ port: server.port, pair: administrator, action, subjects, connections: atOnce, warmUp, duration });
  const p50: Record<string, number> = {};
  const perSecond: Record<string, number> = {};
  for (const action of alone) p50[action] = (await measure(action, 1)).p50;
  for (const action of together) perSecond[action] = (await measure(action, connections)).perSecond;
  return { p50, perSecond };
}

/** Has the report of the administrator's account made and reads it. */
async function measureReport(server: RunningServer): Promise<Report> {
  const before = server.memory();
  const start = performance.now();
  await server.call({ Action: 'GenerateCredentialReport' });
  const made = performance.now() - start;
  await delay(reportTime);
  const begin = performance.now();
  const length = await readReport(server);
  return { made, read: performance.now() - begin, length, memory: { before, after: server.memory() } };
}

/** The answer has no Content-Length: it ends with an empty chunk. */
async function readReport({ port }: RunningServer): Promise<number> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  socket.write(composeSignedRequest(port, administrator, { Action: 'GetCredentialReport' }));
  let length = 0;
  let end = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    length += chunk.byteLength;
    end = (end + chunk.toString('latin1')).slice(-lastChunk.length);
    if (end === lastChunk) break;
  }
  return length;
}

function describe(findings: Findings): Section {
  return {
    title: 'The endpoint at scale',
    setting: `\`keyturn serve --data\` on folders of \`keyturn seed\`: an account of ${small.users} users, and an organization of
${large.accounts} accounts with ${inWords(large.users)} users each and 1.4 million keys; beside them \`moto_server\` with ${inWords(motoUsers)} users in
one account. ${rounds} runs of each in turn, ${duration / 1_000} s after a warm-up of ${warmUp / 1_000} s, requests signed beforehand. On the large fleet the load goes
through ${inWords(large.accounts * subjectsOfAccount)} users of all accounts, one account after the other, so that what a call is about was never read
shortly before; every call is signed by an administrator of the account. Policies are evaluated and uses noted; moto does
neither.`,
    table: composeTable(findings),
    notes: composeNotes(findings),
    peers: describePythonPackages('moto', 'werkzeug', 'boto3'),
  };
}

function composeTable({ firstAnswer, figures, memory, report }: Findings): string[][] {
  const row = (what: string, pick: (figures: Figures) => number | undefined, wanted: string, digits: number) => {
    const [few, many, peer] = [figures.small, figures.large, figures.moto].map((rounds) =>
      findMedian(rounds.map((round) => pick(round) ?? Number.NaN)),
    ) as [number, number, number];
    return [what, few.toFixed(digits), many.toFixed(digits), (many / few).toFixed(2), wanted, peer.toFixed(digits)];
  };
  const [fewStart, manyStart] = [findMedian(firstAnswer.small), findMedian(firstAnswer.large)];
  const memoryRow = (what: string, pick: (memory: Memory) => number) => {
    const [few, many, peer] = [pick(memory.small), pick(memory.large), pick(memory.moto)];
    return [what, few.toFixed(0), many.toFixed(0), (many / few).toFixed(2), 'under 200 MiB', peer.toFixed(0)];
  };
  const ratio = (manyStart / fewStart).toFixed(2);
  return [
    ['', `${small.users} users`, 'a million users', 'ratio', 'wanted', `moto, ${inWords(motoUsers)} users`],
    ['first answer, ms', fewStart.toFixed(0), manyStart.toFixed(0), ratio, 'ratio ≤ 1.5', ''],
    memoryRow('memory after the start, MiB', ({ before }) => before),
    memoryRow('memory after the load, MiB', ({ after }) => after),
    ...alone.map((action) => row(`${action}, p50 in ms`, ({ p50 }) => p50[action], 'ratio ≤ 1.5', 3)),
    ...together.map((action) => row(`${action}, a second`, ({ perSecond }) => perSecond[action], '', 0)),
    ['report of 5,000 users, ms', '', (report.made + report.read).toFixed(0), '', '≤ 500', ''],
  ];
}

function composeNotes({ longReport }: Findings): string {
  const { made, read, length, memory } = longReport;
  const grown = memory.after - memory.before;
  return `\`a second\` is at ${connections} connections. The report of one account of ${inWords(longAccount.users)} users has ${(length / 2 ** 20).toFixed(0)} MiB as an
answer: ${made.toFixed(0)} ms to make, in which nothing else is answered, and ${read.toFixed(0)} ms to read; memory grew from ${memory.before.toFixed(0)} to
${memory.after.toFixed(0)} MiB, by ${(grown / (length / 2 ** 20)).toFixed(1)} times the answer.`;
}

function inWords(count: number): string {
  return count.toLocaleString('en-US');
}
