/** The steps that bring the new pair to its places, and that find it again after a crash. */
import { KeyturnError, type ErrorCode } from '../../errors.ts';
import { NotProvenError } from '../../iam/index.ts';
import { newKeyOf } from '../rotation.ts';
import type { Run } from '../run-state.ts';
import type { Effect } from '../ports.ts';
import type { Delivery, KeyPair, Sink } from '../sink.ts';

/** The terms of a delivery, for the sink. */
export function termsOf(run: Run, replaces: string, { signal, requireLease }: Effect): Delivery {
  return { rotation: run.id, replaces, signal, requireLease };
}

/** From the first delivery on nothing may be signed by the old key: its uses are what the gates look for. */
export async function leaveOldKey(run: Run, pair: KeyPair): Promise<void> {
  const { iam } = run.ports;
  if ((await iam.signer()) !== run.rotation.old.AccessKeyId) return;
  iam.signWith(pair);
  run.note(`the calls are signed by ${pair.AccessKeyId} from here on`);
}

export async function deliver(run: Run, spec: string): Promise<void> {
  const { pair, rotation } = run;
  if (pair === undefined) throw new TypeError('there is no pair to deliver');
  await leaveOldKey(run, pair);
  const sink = run.sinkHere(spec);
  await run.write({ type: 'delivery intended', data: { sink: spec } });
  try {
    await run.perform((effect) => sink.deliver(pair, termsOf(run, rotation.old.AccessKeyId, effect)));
  } catch (error) {
    // A place that may have had it before still may.
    if (rotation.sinkStates.get(spec) === 'old') await writeRefusal(run, spec, error);
    throw error;
  }
  await requireArrival(sink, pair, run.signal);
  await run.write({ type: 'delivered', data: { sink: spec, host: run.ports.host } });
  run.did(`${sink.name} has ${pair.AccessKeyId}`);
}

async function requireArrival(sink: Sink, pair: KeyPair, signal: AbortSignal | undefined): Promise<void> {
  if (!sink.canRead) return;
  const held = await sink.read(signal);
  if (held?.AccessKeyId === pair.AccessKeyId && held.SecretAccessKey.reveal() === pair.SecretAccessKey.reveal()) return;
  throw new KeyturnError('ERR_UNKNOWN_OUTCOME', `${sink.name} was written, and does not read as it was written`, {
    hint: 'see what else writes there, then keyturn resume',
  });
}

/** Failures after which a place may have been changed all the same. */
const unsure: readonly ErrorCode[] = [
  'ERR_UNKNOWN_OUTCOME',
  'ERR_INTERRUPTED',
  'ERR_LEASE',
  'ERR_NETWORK',
  'ERR_SERVICE',
  'ERR_NOT_IAM',
];

/** Only what certainly left the place as it was is written down as a refusal; the rest stays an intent. */
async function writeRefusal(run: Run, sink: string, error: unknown): Promise<void> {
  if (!(error instanceof KeyturnError) || unsure.includes(error.code)) return;
  const { code, message } = error;
  await run.write({ type: 'delivery refused', data: { sink, code, message } });
}

/**
 * Finds the new pair in a place that has it. Where none has, the places that may have got it are taken back to the old
 * one, so that the new key, whose secret is lost then, is held by nobody.
 */
export async function recover(run: Run, AccessKeyId: string): Promise<void> {
  await waitForWriters(run);
  const held = await readPlaces(run);
  const found = held.find(({ pair }) => pair?.AccessKeyId === AccessKeyId)?.pair;
  if (found !== undefined) {
    if (!(await proveFound(run, found))) return;
    run.pair = found;
    run.did(`found ${AccessKeyId} where it was delivered`);
    await leaveOldKey(run, found);
    return;
  }
  const old = held.find(({ pair }) => pair?.AccessKeyId === run.rotation.old.AccessKeyId)?.pair;
  for (const [spec, state] of run.rotation.sinkStates) {
    if (state === 'old') continue;
    const sink = run.sinkHere(spec);
    if (!sink.canRead) await takeBack(run, sink, spec, old);
    await run.write({ type: 'taken back', data: { sink: spec } });
  }
}

/**
 * Where a person takes the rotation back and the old key is gone, a new one that does not work either ends it: nothing is
 * left to wait for.
 *
 * @returns whether there is something to go on with
 */
async function proveFound(run: Run, pair: KeyPair): Promise<boolean> {
  try {
    await run.prove(pair);
    return true;
  } catch (error) {
    const { undo, isDeleted } = run.rotation;
    if (!(error instanceof NotProvenError) || undo === undefined || !isDeleted) throw error;
    await run.write({ type: 'closed', data: { outcome: 'neither key works' } });
    return false;
  }
}

/**
 * A process that was stopped in the middle of a delivery still holds the lock of its file, and writes when it wakes. A
 * rehearsal takes the same lock: what is read after it stays.
 *
 * @throws KeyturnError ERR_FILE where the place is being written
 */
async function waitForWriters(run: Run): Promise<void> {
  for (const [spec, state] of run.rotation.sinkStates) {
    if (state !== 'intended') continue;
    const sink = run.sinkHere(spec);
    if (!sink.canRead) continue;
    await sink.check(run.rotation.old.AccessKeyId, run.signal).catch((error: unknown) => {
      if (!(error instanceof KeyturnError) || error.code !== 'ERR_REFUSED') throw error;
    });
  }
}

async function readPlaces(run: Run): Promise<{ readonly spec: string; readonly pair: KeyPair | undefined }[]> {
  const held = [];
  for (const spec of run.rotation.sinks) {
    const sink = run.sinkHere(spec);
    if (sink.canRead) held.push({ spec, pair: await sink.read(run.signal) });
  }
  return held;
}

async function takeBack(run: Run, sink: Sink, spec: string, old: KeyPair | undefined): Promise<void> {
  const AccessKeyId = newKeyOf(run.rotation) ?? '';
  if (old === undefined) {
    throw new KeyturnError(
      'ERR_UNKNOWN_OUTCOME',
      `nobody can say whether ${spec} has ${AccessKeyId}, whose secret is lost`,
      {
        hint: `both keys stay Active; put the old pair into ${spec} by hand, restart what reads it, then keyturn resume ${run.id} --discard ${AccessKeyId}`,
      },
    );
  }
  await run.perform((effect) => sink.deliver(old, termsOf(run, AccessKeyId, effect)));
  run.did(`${sink.name} has ${old.AccessKeyId} again`);
}

/** @throws KeyturnError ERR_CALLER where there is nothing to sign with but the old key */
export async function requireOtherSigner(run: Run): Promise<void> {
  if (await findOtherSigner(run)) return;
  const { old } = run.rotation;
  throw new KeyturnError(
    'ERR_CALLER',
    `these credentials are the old key ${old.AccessKeyId}: a call signed by it would be a use of it`,
    {
      hint: `sign with the new key, ${newKeyOf(run.rotation) ?? 'another one'}, or with another identity: --profile NAME`,
    },
  );
}

/**
 * Looks for the new pair where it was delivered, to sign with, where the credentials of this run are the old key.
 *
 * @returns whether the calls are signed by another key than the old one
 */
export async function findOtherSigner(run: Run): Promise<boolean> {
  const { iam } = run.ports;
  if ((await iam.signer()) !== run.rotation.old.AccessKeyId) return true;
  const created = newKeyOf(run.rotation);
  for (const spec of run.rotation.sinks) {
    const sink = run.ports.findSink(spec);
    if (sink?.canRead !== true) continue;
    const pair = await sink.read(run.signal).catch(() => undefined);
    if (pair === undefined || pair.AccessKeyId !== created) continue;
    iam.signWith(pair);
    run.note(`the calls are signed by ${pair.AccessKeyId}, found in ${sink.name}, and not by the old key`);
    return true;
  }
  return false;
}
