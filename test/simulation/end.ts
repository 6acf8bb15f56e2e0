/** What must hold when all is over. */
import { statusOf } from './account.ts';
import type { Case } from './case.ts';
import type { Operator } from './operator.ts';
import type { World } from './world.ts';

export function checkEnd(world: World): void {
  for (const [subject, operator] of world.operators) {
    checkJournal(world, operator);
    checkClosed(world, subject, operator);
    if (operator.isOver) checkKeys(world, subject, operator);
  }
}

function checkJournal({ subject, store, laws }: World, { id }: Operator): void {
  if (id === undefined) return;
  const entries = store.read(id);
  const head = store.list().find(({ record }) => record === id);
  const check = head && subject.verifyRecord(head, entries);
  if (check?.kind !== 'whole') laws.break('the chain of the journal verifies', id);
  laws.checkText(JSON.stringify(entries));
}

/** Nothing that a person did is needed where no person did anything. */
function checkClosed({ laws }: World, { isDisturbed, name, kind }: Case, operator: Operator): void {
  const { rotation, cleared, lastFailure } = operator;
  if (rotation === undefined && isDisturbed) return;
  if (rotation?.isOpen !== false) {
    laws.break('every rotation comes to its end', `${name}: ${lastFailure}`);
    return;
  }
  if (isDisturbed) return;
  const gaveUp = cleared.find((remedy) => remedy.startsWith('gave up'));
  if (gaveUp !== undefined) laws.break('what nobody disturbs goes on by itself', `${name} ${gaveUp}`);
  const expected = [kind === 'rotate' ? 'rotated' : 'retired', 'not proven'];
  if (cleared.length === 0 && !expected.includes(rotation.outcome ?? '')) {
    laws.break('what nobody disturbs is carried out', `${name}: ${rotation.outcome ?? ''}`);
  }
}

function checkKeys({ laws }: World, subject: Case, { rotation, cleared }: Operator): void {
  const { user, old, places, isDisturbed, name } = subject;
  if (rotation === undefined) return;
  const { outcome, creation, sinkStates } = rotation;
  const isRotated = outcome === 'rotated';
  const created = creation.kind === 'created' ? creation.AccessKeyId : undefined;
  const isGiven = [...sinkStates.values()].some((state) => state !== 'old');
  const left = user.keys.filter((key) => subject.owns(key.maker) && statusOf(key) !== 'gone');
  const stray = left.find(({ AccessKeyId }) => AccessKeyId !== created || !isGiven);
  if (stray !== undefined) laws.break('no new key is left behind', `${stray.AccessKeyId} of ${name}, ${outcome ?? ''}`);
  if ((isRotated || outcome === 'retired') && statusOf(old) !== 'gone')
    laws.break('the old key is gone at the end', name);
  if (isDisturbed || cleared.length > 0) return;
  if (!isRotated && outcome !== 'retired' && statusOf(old) !== 'Active')
    laws.break('the old key is left as it was', name);
  const last = isRotated ? created : old.AccessKeyId;
  if (places.some(({ held }) => held?.AccessKeyId !== last)) laws.break('all places hold the one key at the end', name);
}
