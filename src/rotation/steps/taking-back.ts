/** The steps of `undo`: the old key works again first, then the places hold it again where they can. */
import { KeyturnError } from '../../errors.ts';
import { newKeyOf } from '../rotation.ts';
import type { Run } from '../run-state.ts';
import { termsOf } from './delivery.ts';
import { propagation, unlessGone } from './new-key.ts';

export async function reactivate(run: Run, AccessKeyId: string): Promise<void> {
  const isThere = await unlessGone(run, AccessKeyId, () =>
    run.perform((effect) => run.ports.iam.setStatus(run.UserName, AccessKeyId, 'Active', effect)),
  );
  if (!isThere) {
    await run.write({ type: 'deleted', data: { AccessKeyId, found: true } });
    run.note(`${AccessKeyId} is deleted and cannot come back: the rotation is ended instead`);
    return;
  }
  // No place gets the old pair again before it works everywhere.
  await run.wait(propagation);
  await run.write({ type: 'reactivated', data: { AccessKeyId } });
  run.did(`${AccessKeyId} is Active`);
}

/** A place that cannot be taken back keeps the new pair, which works: it is told, and the rest goes on. */
export async function restore(run: Run, spec: string): Promise<void> {
  const { old } = run.rotation;
  const replaces = newKeyOf(run.rotation) ?? '';
  let isRestored = false;
  let note = 'it keeps no replaced pair';
  try {
    const sink = run.sinkHere(spec);
    isRestored = await run.perform((effect) => sink.restore(old.AccessKeyId, termsOf(run, replaces, effect)));
  } catch (error) {
    if (!(error instanceof KeyturnError) || ['ERR_LEASE', 'ERR_INTERRUPTED'].includes(error.code)) throw error;
    note = error.message;
  }
  await run.write({ type: 'restored', data: { sink: spec, isRestored, note: isRestored ? '' : note } });
  if (isRestored) run.did(`${spec} has ${old.AccessKeyId} again`);
  else run.note(`${spec} is left as it is: ${note}`);
}
