/** The steps from the decision to make a new key to the proof that it works. Nobody is given it meanwhile. */
import { KeyturnError } from '../../errors.ts';
import { NotProvenError, UnknownOutcomeError, type CreatedAccessKey } from '../../iam/index.ts';
import { listingDelay } from '../plan.ts';
import { newKeyOf } from '../rotation.ts';
import type { Run } from '../run-state.ts';

/** Milliseconds from a change of status until it is known everywhere. */
export const propagation = 15_000;
/** What a new key was used for by its proof, and by the calls that follow it. */
const ownServices = ['sts', 'iam'];

/** Makes a key: the intent first, then the call, once, then the id, before anything is done with the secret. */
export async function create(run: Run): Promise<void> {
  const { ports, UserName, signal, rotation } = run;
  // A key that could not be delivered from here would have to go again.
  for (const spec of rotation.sinks) await run.sinkHere(spec).check(rotation.old.AccessKeyId, signal);
  const baseline = await listBaseline(run);
  requireNoStranger(rotation.old.AccessKeyId, baseline, UserName);
  await run.write({ type: 'create intended', data: { baseline, signedBy: await ports.iam.signer() } });
  const key = await sendCreate(run);
  if (key === undefined) return;
  try {
    await run.write({ type: 'created', data: { AccessKeyId: key.AccessKeyId } });
  } catch (error) {
    throw await takeBackUnwritten(run, key, error);
  }
  run.pair = key;
  run.did(`created ${key.AccessKeyId}`);
}

/** Milliseconds between looks at a list that still shows a key of ours which is deleted, and how many there are. */
const staleEvery = 5000;
const staleLooks = 12;

/** The user's keys, once the list no longer shows what this rotation has deleted. */
async function listBaseline(run: Run): Promise<string[]> {
  for (let look = 1; ; look++) {
    const keys = await run.ports.iam.listKeys(run.UserName, run.signal);
    const ids = keys.map(({ AccessKeyId }) => AccessKeyId);
    if (look === staleLooks || !ids.some((id) => run.rotation.discarded.has(id))) return ids;
    await run.wait(staleEvery);
  }
}

/** Of two keys the other is none of ours: the quota would refuse a third, and nobody may guess which one may go. */
function requireNoStranger(old: string, listed: readonly string[], UserName: string): void {
  if (!listed.includes(old)) {
    throw new KeyturnError('ERR_STALE', `${UserName} no longer has the access key ${old}`, {
      hint: 'somebody deleted it: end this rotation with keyturn undo, and look who uses the key that is there',
    });
  }
  const stranger = listed.find((id) => id !== old);
  if (stranger === undefined) return;
  throw new KeyturnError(
    'ERR_UNKNOWN_KEY',
    `${UserName} has another access key, ${stranger}, that is not of this rotation`,
    {
      hint: `see what uses it (keyturn keys last-used ${stranger}), and let it go first: keyturn retire ${stranger}`,
    },
  );
}

/** @returns undefined when the answer was lost, which is written down */
async function sendCreate(run: Run): Promise<CreatedAccessKey | undefined> {
  try {
    return await run.perform((effect) => run.ports.iam.create(run.UserName, run.id, effect));
  } catch (error) {
    if (!(error instanceof KeyturnError)) throw error;
    const { code, message } = error;
    if (error instanceof UnknownOutcomeError) {
      await run.write({ type: 'create unknown', data: { code, message } });
      run.note(`no answer to CreateAccessKey: ${message}`);
      return undefined;
    }
    await run.write({ type: 'nothing created', data: { why: message } });
    throw error;
  }
}

/** The journal could not take the id of a key that nobody knows but us: it goes again at once. */
async function takeBackUnwritten(run: Run, { AccessKeyId }: CreatedAccessKey, cause: unknown): Promise<unknown> {
  const { iam } = run.ports;
  const effect = { signal: AbortSignal.timeout(propagation), requireLease: () => undefined };
  try {
    await unlessGone(run, AccessKeyId, () => iam.delete(run.UserName, AccessKeyId, effect));
    return cause;
  } catch {
    const message = cause instanceof Error ? cause.message : String(cause);
    return new KeyturnError('ERR_JOURNAL', `${message}; the new key ${AccessKeyId} could not be deleted either`, {
      hint: `nobody has its secret; once the journal can be written, keyturn resume ${run.id} takes it away`,
      cause,
    });
  }
}

/** Finds out what became of a CreateAccessKey whose answer never came. */
export async function look(run: Run, notBefore: Date): Promise<void> {
  const { creation, old, discarded } = run.rotation;
  if (creation.kind !== 'intended') return;
  run.waits('waiting until a key that may have been made is listed everywhere');
  // Whoever sent it could do so until its lease ended, which was before this run began.
  const since = Math.max(notBefore.getTime(), run.begunAt.getTime() + listingDelay);
  await run.wait(since - run.ports.iam.now().getTime());
  const known = new Set([...creation.baseline, ...discarded, old.AccessKeyId]);
  const listed = await run.ports.iam.listKeys(run.UserName, run.signal);
  for (const AccessKeyId of listed.map((key) => key.AccessKeyId).filter((id) => !known.has(id))) {
    const maker = await run.ports.iam.findMaker(AccessKeyId, run.id, creation.at, run.signal);
    if (maker.kind === 'unknown') throw describeUnknownKey(run, AccessKeyId, maker.why);
    if (maker.kind === 'another') {
      run.note(`${AccessKeyId} was made by ${maker.who}, and not by this rotation`);
      continue;
    }
    await run.write({ type: 'created', data: { AccessKeyId } });
    run.did(`${AccessKeyId} came of it, says CloudTrail`);
    return;
  }
  await run.write({ type: 'nothing created', data: { why: 'no new key is listed that may be its own' } });
  run.did('no key came of it');
}

function describeUnknownKey({ id, UserName }: Run, AccessKeyId: string, why: string): KeyturnError {
  const message = `${UserName} has a new access key ${AccessKeyId}, which may be anybody's: ${why}`;
  return new KeyturnError('ERR_UNKNOWN_KEY', message, {
    hint: `if nobody uses it, and you are sure that it is the one this rotation made: keyturn resume ${id} --discard ${AccessKeyId}`,
  });
}

export async function prove(run: Run): Promise<void> {
  const { pair, rotation } = run;
  const AccessKeyId = newKeyOf(rotation);
  if (pair === undefined || AccessKeyId === undefined) throw new TypeError('there is no pair to prove');
  try {
    const { attempts, successes } = await run.prove(pair);
    await run.write({ type: 'proven', data: { AccessKeyId, attempts, successes } });
    run.did(`${AccessKeyId} works: ${successes} times in a row, of ${attempts} tries`);
  } catch (error) {
    if (!(error instanceof NotProvenError)) throw error;
    await run.write({ type: 'not proven', data: { AccessKeyId, message: error.message } });
    run.note(error.message);
    run.pair = undefined;
  }
}

/**
 * Takes a new key away that nobody was given: Inactive, then, when that is known everywhere, one more look at its use,
 * then gone. A use that is not our own means that somebody has it after all.
 */
export async function discard(run: Run, AccessKeyId: string, why: string): Promise<void> {
  const { ports, UserName, signal } = run;
  await requireNowhere(run, AccessKeyId);
  await run.write({ type: 'discard intended', data: { AccessKeyId, why } });
  run.pair = undefined;
  await waitUntilListed(run);
  const isThere = await unlessGone(run, AccessKeyId, () =>
    run.perform((effect) => ports.iam.setStatus(UserName, AccessKeyId, 'Inactive', effect)),
  );
  if (isThere) {
    run.waits(`waiting until ${AccessKeyId} is Inactive everywhere`);
    await run.wait(propagation);
    const { LastUsed } = await ports.iam.readLastUsed(AccessKeyId, signal);
    requireOwnUse(AccessKeyId, LastUsed.Kind === 'used' ? LastUsed.ServiceName : undefined, LastUsed);
    await unlessGone(run, AccessKeyId, () => run.perform((effect) => ports.iam.delete(UserName, AccessKeyId, effect)));
  }
  await run.write({ type: 'discarded', data: { AccessKeyId } });
  run.did(`deleted ${AccessKeyId} again: ${why}`);
}

/** Whatever the journal and a person say: a key that a place holds is not taken away. */
export async function requireNowhere(run: Run, AccessKeyId: string): Promise<void> {
  for (const spec of run.rotation.sinks) {
    const sink = run.ports.findSink(spec);
    if (sink?.canRead !== true || !run.isHere(sink) || (await sink.read(run.signal))?.AccessKeyId !== AccessKeyId)
      continue;
    throw new KeyturnError('ERR_REFUSED', `${AccessKeyId} is not deleted: ${sink.name} holds it`, {
      hint: `take the rotation back, and the place with it: keyturn undo ${run.id}`,
    });
  }
}

/** Of a key so young IAM may say that there is none. */
async function waitUntilListed(run: Run): Promise<void> {
  const { creation } = run.rotation;
  if (creation.kind !== 'created') return;
  await run.wait(creation.at.getTime() + listingDelay - run.ports.iam.now().getTime());
}

function requireOwnUse(
  AccessKeyId: string,
  service: string | undefined,
  use: { readonly Kind: string; readonly Reason?: string },
): void {
  if (use.Kind === 'unknown') {
    throw new KeyturnError('ERR_GATE', `the last use of ${AccessKeyId} is unknown: ${use.Reason ?? ''}`, {
      hint: 'it is Inactive, and is deleted when its last use can be read: keyturn resume',
    });
  }
  if (service === undefined || ownServices.includes(service)) return;
  throw new KeyturnError('ERR_UNKNOWN_KEY', `the new key ${AccessKeyId} was used for ${service}: somebody has it`, {
    hint: 'it is Inactive and stays so; find out who, then delete it with keyturn keys delete',
  });
}

/**
 * Changes a key, unless it is gone. That there is no such key says also a replica that has not heard of the user's new
 * name; so the keys are listed before it is believed.
 *
 * @returns whether the key was there
 */
export async function unlessGone(run: Run, AccessKeyId: string, change: () => Promise<void>): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (error) {
    if (!(error instanceof KeyturnError) || error.code !== 'ERR_NO_SUCH_ENTITY') throw error;
    await run.wait(propagation);
    const listed = await run.ports.iam.listKeys(run.UserName, run.signal);
    if (listed.some((key) => key.AccessKeyId === AccessKeyId)) throw error;
    return false;
  }
}
