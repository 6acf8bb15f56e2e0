/** `keyturn serve` on a million users beside itself on a hundred, and beside `moto_server` on as many as that can hold. */
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectControl } from '../src/endpoint/control-client.ts';
import { findSubjects, seedFleet, serveFleet } from './fleet.ts';
import { runJob, type LoadAction, type Subject } from './load/job.ts';
import { composeSignedRequest } from './load/signed-request.ts';
import { findPythonProgram } from './peers.ts';
import type { Section } from './report.ts';
import {
  alone,
  describeScale,
  terms,
  together,
  type Figures,
  type Findings,
  type Loaded,
  type Report,
} from './scale-section.ts';
import { administrator, makeSubjects, startServer, type Launch, type RunningServer } from './servers.ts';
import { takeTurns } from './turns.ts';

const controlToken = 'of the benchmark';

/** How a body in chunks ends. */
const lastChunk = '\r\n0\r\n\r\n';

/** A server, and whom the load is about. */
interface Target {
  readonly server: RunningServer;
  /** Of its data, where it keeps any. */
  readonly folder?: string;
  readonly subjects: readonly Subject[];
}

/** Measures, or says why not. */
export async function measureScale(): Promise<Section | string> {
  const moto = findPythonProgram('moto_server');
  if (moto === undefined) return 'the benchmark of scale: there is no moto_server beside python3';
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-scale-'));
  try {
    const folders = { small: join(folder, 'small'), large: join(folder, 'large'), long: join(folder, 'long') };
    console.error('filling the folders');
    seedFleet(folders.small, terms.small);
    seedFleet(folders.large, terms.large);
    seedFleet(folders.long, terms.long);
    return describeScale(await measureAll(folders, ({ port }) => ({ command: moto, args: ['--port', String(port)] })));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(
  folders: Readonly<Record<'small' | 'large' | 'long', string>>,
  motoServer: Launch,
): Promise<Findings> {
  const firstAnswer = await takeTurns(terms.starts, {
    small: () => measureStart(serveFleet(folders.small)),
    large: () => measureStart(serveFleet(folders.large)),
  });
  return {
    firstAnswer,
    loads: await measureLoads(folders, motoServer),
    report: await withServer(serveControlled(folders.large), measureReport),
    longReport: await withServer(serveControlled(folders.long), measureReport),
  };
}

async function measureLoads(folders: Readonly<Record<'small' | 'large', string>>, motoServer: Launch) {
  const subjects = {
    small: findSubjects(folders.small, terms.subjectsOfAccount),
    large: findSubjects(folders.large, terms.subjectsOfAccount),
  };
  const ofKeyturn = await withServer(serveFleet(folders.small), (ofSmall) =>
    withServer(serveFleet(folders.large), async (ofLarge) => {
      const before = { small: ofSmall.memory(), large: ofLarge.memory() };
      const { small, large } = await takeTurns(terms.rounds, {
        small: () => measureTarget({ server: ofSmall, folder: folders.small, subjects: subjects.small }),
        large: () => measureTarget({ server: ofLarge, folder: folders.large, subjects: subjects.large }),
      });
      return {
        small: { figures: small, memory: { before: before.small, after: ofSmall.memory() } },
        large: { figures: large, memory: { before: before.large, after: ofLarge.memory() } },
      };
    }),
  );
  return { ...ofKeyturn, moto: await withServer(motoServer, measureMoto) };
}

async function measureMoto(server: RunningServer): Promise<Loaded> {
  const before = server.memory();
  const subjects = await makeSubjects(server, terms.motoUsers, terms.motoUsers);
  const figures = [await measureTarget({ server, subjects })];
  return { figures, memory: { before, after: server.memory() } };
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

async function measureTarget({ server, folder, subjects }: Target): Promise<Figures> {
  const { warmUp, duration } = terms;
  const measure = (action: LoadAction, connections: number) => {
    if (folder !== undefined) readThrough(join(folder, 'directory.sqlite'));
    return runJob({ port: server.port, pair: administrator, action, subjects, connections, warmUp, duration });
  };
  const p50: Record<string, number> = {};
  const perSecond: Record<string, number> = {};
  for (const action of alone) p50[action] = (await measure(action, 1)).p50;
  for (const action of together) perSecond[action] = (await measure(action, terms.connections)).perSecond;
  return { p50, perSecond };
}

/** So that the file is in the system's memory, whatever was read since. */
function readThrough(file: string): void {
  const descriptor = openSync(file, 'r');
  const room = Buffer.alloc(2 ** 20);
  while (readSync(descriptor, room) > 0);
  closeSync(descriptor);
}

/** Has the report of the administrator's account made and reads it; others go on asking meanwhile. */
async function measureReport(server: RunningServer): Promise<Report> {
  const before = server.memory();
  const start = performance.now();
  await server.call({ Action: 'GenerateCredentialReport' });
  // Whatever its size, a report is had two seconds later at the earliest: by a clock that can be moved.
  await connectControl(`http://127.0.0.1:${server.port}`, controlToken).advanceClock('3s');
  let longestWait = 0;
  for (let state = ''; state !== 'COMPLETE';) {
    const asked = performance.now();
    const { body } = await server.call({ Action: 'GenerateCredentialReport' });
    longestWait = Math.max(longestWait, performance.now() - asked);
    state = /<State>(\w+)</.exec(body)?.[1] ?? '';
  }
  const begin = performance.now();
  const length = await readReport(server);
  const read = performance.now() - begin;
  return { made: begin - start, longestWait, read, length, memory: { before, after: server.memory() } };
}

/** As {@link serveFleet}, with the clock in our hands. */
function serveControlled(folder: string): Launch {
  const serve = serveFleet(folder);
  return (options) => {
    const { command, args, env } = serve(options);
    return { command, args: [...args, '--control'], env: { ...env, KEYTURN_CONTROL_TOKEN: controlToken } };
  };
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
