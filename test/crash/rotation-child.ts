// A process at work on a rotation, composed of the real parts, to be killed or stopped at any point: argv is the job as
// JSON, the rest of the world comes from the environment, as for the command line.
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { composeConnectConfig, loadSettings } from '../../src/cli/aws-settings.ts';
import { KeyturnError } from '../../src/errors.ts';
import { connect } from '../../src/iam/index.ts';
import type { NewEntry } from '../../src/journal/journal.ts';
import {
  AwsRotationIam,
  beginRotation,
  findMissingPermissions,
  foldRotation,
  makeNobodysKeyId,
  openRotation,
  requestDiscard,
  requestUndo,
  runRotation,
  type Event,
  type Rotation,
  type RotationIam,
  type RotationPorts,
  type Sink,
  type StartFacts,
} from '../../src/rotation/index.ts';
import { openSink } from '../../src/sinks/open-sink.ts';
import { openJournal } from '../../src/store/open-journal.ts';
import { SharedClock } from './rotation-clock.ts';
import { Effects, type Point } from './rotation-effects.ts';
import type { Ending, Job, Message } from './rotation-job.ts';

const job = JSON.parse(process.argv[2] ?? '') as Job;
const clock = new SharedClock(join(job.folder, 'clock'));
const effects = new Effects(meet);
const interruption = new AbortController();
process.once('SIGINT', () => {
  interruption.abort();
});

/** Dies or stops where the job says so, and waits for the test where it watches. */
function meet(point: Point): Promise<void> | void {
  const { end, watched } = job;
  if (end?.effect === point.effect && end.when === point.when) process.kill(process.pid, end.signal);
  if (!watched || point.when === 'inside') return;
  return tell({ point }).then(async () => {
    await once(process, 'message');
  });
}

async function tell(message: Message): Promise<void> {
  await new Promise((resolve) => process.send?.(message, resolve));
}

async function composePorts(): Promise<RotationPorts & { readonly aws: AwsRotationIam }> {
  const settings = await loadSettings({ flags: {}, env: process.env, home: job.folder });
  const config = await composeConnectConfig(settings, { now: () => clock.now() });
  const shared = { ...config, clock, systemClockOffset: clock.ahead };
  const aws = new AwsRotationIam(connect(shared), ({ AccessKeyId, SecretAccessKey }) =>
    connect({
      ...shared,
      systemClockOffset: clock.ahead,
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey.reveal() },
    }),
  );
  const journal = await openJournal(job.journal, { now: () => clock.now() });
  return {
    aws,
    iam: watchIam(aws),
    journal: effects.watch(journal, 'journal', ['open', 'append', 'takeLease', 'releaseLease'], (...input) =>
      input.flatMap((part: NewEntry | undefined) => part?.type ?? []).join(''),
    ),
    clock,
    findSink: (spec) => watchSink(openSink(spec, { env: process.env, home: job.folder })),
    holder: `${hostname()}, process ${process.pid}`,
    host: hostname(),
    tell: ({ kind, ...what }) => {
      process.stdout.write(`${kind} ${JSON.stringify(what)}\n`);
    },
  };
}

function watchIam(aws: RotationIam): RotationIam {
  const methods = ['findUser', 'listKeys', 'readLastUsed', 'create', 'setStatus', 'delete'] as const;
  const looks = ['findMaker', 'findCallers', 'moveTag'] as const;
  const describe = (...input: unknown[]): string => input.filter((part) => typeof part === 'string').join(' ');
  const watched = effects.watch(aws, 'iam', [...methods, ...looks], describe);
  return new Proxy(watched, {
    get: (target, property) => {
      if (property === 'makeTrial') return makeTrial;
      if (property === 'create') return create;
      return Reflect.get(target, property, target) as unknown;
    },
  });

  function makeTrial(...input: Parameters<RotationIam['makeTrial']>): ReturnType<RotationIam['makeTrial']> {
    const attempt = aws.makeTrial(...input);
    return (...terms) => effects.around('iam.trial', () => attempt(...terms));
  }

  /** The test has to know every secret, to look for it where none may be. */
  async function create(...input: Parameters<RotationIam['create']>): ReturnType<RotationIam['create']> {
    return effects.around('iam.create', async () => {
      const key = await aws.create(...input);
      appendFileSync(join(job.folder, 'secrets'), `${key.AccessKeyId} ${key.SecretAccessKey.reveal()}\n`);
      return key;
    });
  }
}

function watchSink(sink: Sink): Sink {
  const guarded: Sink = {
    ...sink,
    deliver: (pair, delivery) => {
      const requireLease = (): void => {
        delivery.requireLease();
        effects.inside(`sink.deliver ${sink.spec}`);
      };
      return sink.deliver(pair, { ...delivery, requireLease });
    },
  };
  return effects.watch(guarded, 'sink', ['check', 'read', 'deliver', 'restore', 'settle'], () => sink.spec);
}

async function readFacts(aws: AwsRotationIam): Promise<StartFacts> {
  const { Tags = [], ...subject } = await aws.readUser(job.UserName);
  const keys = [];
  for (const key of await aws.listKeys(subject.UserName)) {
    const { LastUsed } = await aws.readLastUsed(key.AccessKeyId);
    keys.push({ ...key, LastUsed });
  }
  return { subject, keys, tagNames: Tags.map(({ Key }) => Key), readAt: aws.now() };
}

/** What `keyturn rotate` does before anything is changed. */
async function begin(ports: RotationPorts & { readonly aws: AwsRotationIam }): Promise<void> {
  const facts = await readFacts(ports.aws);
  const sinks = job.sinks.map((spec) => ports.findSink(spec)).filter((sink) => sink !== undefined);
  const opened = openRotation(facts, { sinks, options: job.patience, caller: await ports.aws.signer() });
  for (const sink of sinks) await sink.check(opened.old.AccessKeyId);
  const missing = await findMissingPermissions(ports.aws, facts.subject.UserName, makeNobodysKeyId('A'.repeat(16)));
  if (missing.length > 0) throw new KeyturnError('ERR_REFUSED', `not allowed: ${missing.join(', ')}`);
  await beginRotation(ports, job.id, opened);
}

function composeWord(rotation: Rotation): Event | undefined {
  if (job.act === 'undo') return requestUndo(rotation, 'the test');
  return job.act === 'discard' ? requestDiscard(rotation, job.AccessKeyId ?? '', 'the test') : undefined;
}

async function carryOut(ports: RotationPorts & { readonly aws: AwsRotationIam }): Promise<Ending> {
  if (job.act === 'rotate') await begin(ports);
  const rotation = foldRotation(await ports.journal.read(job.id));
  let say = rotation && composeWord(rotation);
  for (;;) {
    const outcome = await runRotation(ports, job.id, { say, signal: interruption.signal });
    say = undefined;
    if (outcome.kind === 'closed') return { kind: 'closed', outcome: outcome.rotation.outcome ?? '' };
    if (!job.stays) return { kind: 'waiting', until: outcome.until.toISOString() };
    // AWS's time is up to a second early.
    clock.advance(Math.max(0, outcome.until.getTime() - ports.iam.now().getTime()) + 1000);
  }
}

async function run(): Promise<Ending> {
  try {
    const ports = await composePorts();
    const ending = await carryOut(ports);
    await ports.journal.close();
    return ending;
  } catch (error) {
    if (!(error instanceof KeyturnError)) throw error;
    const { code, message, hint = '' } = error;
    process.stderr.write(`${code}: ${message}\n`);
    return { kind: 'failed', code, message, hint };
  }
}

await tell({ ending: await run() });
process.disconnect();
