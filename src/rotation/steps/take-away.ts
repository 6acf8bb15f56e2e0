/** The steps that take the old key away: each behind a gate that is read live. */
import { KeyturnError } from '../../errors.ts';
import type { GateName } from '../event.ts';
import { judgeReading } from '../gate.ts';
import { newKeyOf } from '../rotation.ts';
import type { Run } from '../run-state.ts';
import { findOtherSigner, requireOtherSigner, termsOf } from './delivery.ts';
import { unlessGone } from './new-key.ts';

/**
 * Reads everything that must hold before the next step, and writes the reading down.
 *
 * @throws KeyturnError ERR_GATE where time alone will not open the gate
 */
export async function readGate(run: Run, gate: GateName): Promise<void> {
  const { ports, rotation } = run;
  const { AccessKeyId } = rotation.old;
  if (!(await findOldKey(run, gate))) return;
  await requirePlaces(run);
  const reading = await ports.iam.readLastUsed(AccessKeyId, run.signal);
  const judged = judgeReading(rotation, gate, reading);
  const { verdict, why } = judged;
  await run.write({ type: 'gate read', data: { gate, ...reading, verdict, why, signedBy: await ports.iam.signer() } });
  ports.tell({ kind: 'reading', LastUsed: reading.LastUsed, text: `${AccessKeyId}: ${why}` });
  if (reading.LastUsed.Kind === 'used') await showCallers(run, AccessKeyId);
  if (verdict === 'blocked') throw describeBlock(run, gate, why);
}

/**
 * Whether the old key is there to be judged. What somebody else did in the meantime is written down as found.
 *
 * @throws KeyturnError ERR_GATE where the new key does not stand ready, or the old one was made Active again by hand
 */
async function findOldKey(run: Run, gate: GateName): Promise<boolean> {
  const { rotation, UserName, ports, signal } = run;
  const { AccessKeyId } = rotation.old;
  const keys = await ports.iam.listKeys(UserName, signal);
  requireNewKey(run, keys);
  const old = keys.find((key) => key.AccessKeyId === AccessKeyId);
  if (old === undefined) {
    await run.write({ type: 'deleted', data: { AccessKeyId, found: true } });
    run.note(`${AccessKeyId} is gone: somebody deleted it`);
    return false;
  }
  if (gate === 'deactivate' && old.Status !== 'Active') {
    await run.write({ type: 'deactivated', data: { AccessKeyId, found: true } });
    run.note(`${AccessKeyId} is ${old.Status}: somebody made it so`);
    return false;
  }
  if (gate === 'delete' && old.Status === 'Active') {
    throw describeBlock(run, gate, 'it is Active again, and not by keyturn: somebody needs it');
  }
  return true;
}

function requireNewKey(run: Run, keys: readonly { readonly AccessKeyId: string; readonly Status: string }[]): void {
  const created = newKeyOf(run.rotation);
  if (created === undefined) return;
  const status = keys.find(({ AccessKeyId }) => AccessKeyId === created)?.Status;
  if (status === 'Active') return;
  throw new KeyturnError(
    'ERR_GATE',
    `the new key ${created} is ${status ?? 'gone'}: without the old one nothing would work`,
    {
      hint:
        status === undefined ? `take the rotation back: keyturn undo ${run.id}` : `keyturn keys activate ${created}`,
    },
  );
}

/** Every place that can be read from here has to hold the new key still. */
async function requirePlaces(run: Run): Promise<void> {
  const created = newKeyOf(run.rotation);
  for (const spec of run.rotation.sinks) {
    const sink = run.ports.findSink(spec);
    if (!run.rotation.readable.includes(spec)) continue;
    const isElsewhere = run.rotation.host !== undefined && run.rotation.host !== run.ports.host;
    if (isElsewhere && sink?.isShared !== true) {
      run.note(`${spec} cannot be looked at from here: it is on ${run.rotation.host ?? 'another machine'}`);
      continue;
    }
    const held = await run.sink(spec).read(run.signal);
    if (held?.AccessKeyId === created) continue;
    throw new KeyturnError(
      'ERR_GATE',
      `${spec} holds ${held?.AccessKeyId ?? 'no key'} and not ${created ?? 'the new one'}`,
      {
        hint: `see who changed it; put the new key there, or take the rotation back: keyturn undo ${run.id}`,
      },
    );
  }
}

/** For people; no step depends on it. */
async function showCallers(run: Run, AccessKeyId: string): Promise<void> {
  const { deliveredAt, openedAt } = run.rotation;
  try {
    const callers = await run.ports.iam.findCallers(AccessKeyId, deliveredAt ?? openedAt, run.signal);
    run.ports.tell({ kind: 'callers', callers });
  } catch (error) {
    if (!(error instanceof KeyturnError) || error.code === 'ERR_INTERRUPTED') throw error;
    run.note(`who used it cannot be said: ${error.message}`);
  }
}

function describeBlock(run: Run, gate: GateName, why: string): KeyturnError {
  const { old } = run.rotation;
  const step = gate === 'deactivate' ? 'made Inactive' : 'deleted';
  return new KeyturnError('ERR_GATE', `${old.AccessKeyId} is not ${step}: ${why}`, {
    hint:
      gate === 'deactivate'
        ? `when that is cleared up: keyturn resume ${run.id}`
        : `give it back with keyturn undo ${run.id}, or, if nobody needs it: keyturn resume ${run.id} --force-gate REASON`,
  });
}

export async function deactivate(run: Run, AccessKeyId: string): Promise<void> {
  const { ports, UserName } = run;
  await run.write({ type: 'deactivate intended', data: { AccessKeyId } });
  const isThere = await unlessGone(run, AccessKeyId, () =>
    run.perform((effect) => ports.iam.setStatus(UserName, AccessKeyId, 'Inactive', effect)),
  );
  await run.write({ type: 'deactivated', data: { AccessKeyId, found: !isThere } });
  run.did(`${AccessKeyId} is Inactive`);
}

export async function deleteOldKey(run: Run, AccessKeyId: string): Promise<void> {
  const { ports, UserName } = run;
  await run.write({ type: 'delete intended', data: { AccessKeyId } });
  const isThere = await unlessGone(run, AccessKeyId, () =>
    run.perform((effect) => ports.iam.delete(UserName, AccessKeyId, effect)),
  );
  await run.write({ type: 'deleted', data: { AccessKeyId, found: !isThere } });
  run.did(`deleted ${AccessKeyId}`);
}

/** The replaced pair is of no use to anyone now; that it stays somewhere is told, and holds nothing up. */
export async function settle(run: Run, spec: string): Promise<void> {
  const { AccessKeyId } = run.rotation.old;
  let note = '';
  try {
    const sink = run.sink(spec);
    await run.perform((effect) => sink.settle(AccessKeyId, termsOf(run, AccessKeyId, effect)));
  } catch (error) {
    if (!(error instanceof KeyturnError) || ['ERR_LEASE', 'ERR_INTERRUPTED'].includes(error.code)) throw error;
    note = error.message;
    run.note(`${spec} may still keep the replaced pair: ${note}`);
  }
  await run.write({ type: 'settled', data: { sink: spec, note } });
}

/** @throws KeyturnError as everything that may sign after the delivery */
export async function requireQuietSigner(run: Run): Promise<void> {
  const { deliveredAt, kind, undo } = run.rotation;
  // Taken back, nobody looks for uses of the old key any more, and it may be all that there is to sign with.
  if (undo !== undefined) await findOtherSigner(run);
  else if (deliveredAt !== undefined || kind === 'retire') await requireOtherSigner(run);
}
