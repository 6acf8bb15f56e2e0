/** What a person says to a rotation that is under way: take it back, give up a key, let a gate open. */
import { KeyturnError } from '../errors.ts';
import type { Event } from './event.ts';
import { newKeyOf, type Rotation } from './rotation.ts';

/**
 * The entry that begins to take a rotation back.
 *
 * @throws KeyturnError ERR_REFUSED when there is nothing to take back, or no way back
 */
export function requestUndo(rotation: Rotation, by: string): Event {
  const { id, isOpen, outcome, isDeleted, old } = rotation;
  if (!isOpen) {
    throw new KeyturnError('ERR_REFUSED', `${id} is over: ${outcome ?? 'closed'}`, {
      hint: isDeleted ? `${old.AccessKeyId} is deleted and cannot come back` : 'there is nothing to take back',
    });
  }
  if (isDeleted) {
    throw new KeyturnError('ERR_REFUSED', `${old.AccessKeyId} is deleted and cannot come back`, {
      hint: `keyturn resume ${id} ends the rotation`,
    });
  }
  return { type: 'undo intended', data: { by } };
}

/**
 * The entry that takes a person's word that a key is this rotation's and held by nobody; it is deleted then.
 *
 * @throws KeyturnError ERR_REFUSED for a key of which that cannot be so
 */
export function requestDiscard(rotation: Rotation, AccessKeyId: string, by: string): Event {
  const { creation, deliveredAt, old, id } = rotation;
  if (AccessKeyId !== old.AccessKeyId && deliveredAt === undefined) {
    if (newKeyOf(rotation) === AccessKeyId) {
      return { type: 'discard intended', data: { AccessKeyId, why: `${by} says that nobody holds it` } };
    }
    if (creation.kind === 'intended' && !creation.baseline.includes(AccessKeyId)) {
      return { type: 'claimed', data: { AccessKeyId, by } };
    }
  }
  throw new KeyturnError('ERR_REFUSED', `${AccessKeyId} is no key that ${id} may have made and given to nobody`, {
    hint: `keyturn rotations show ${id} tells which keys it knows`,
  });
}

export function requestForce(reason: string, by: string): Event {
  return { type: 'gate forced', data: { reason, by } };
}

/**
 * What a person asked for, as it has to be written now: a process may have gone on since it was asked.
 *
 * @throws KeyturnError ERR_REFUSED where it can no longer be had
 */
export function repeatRequest(rotation: Rotation, event: Event): Event {
  switch (event.type) {
    case 'undo intended':
      return requestUndo(rotation, event.data.by);
    case 'claimed':
    case 'discard intended': {
      const asked = requestDiscard(rotation, event.data.AccessKeyId, 'a person');
      return asked.type === event.type ? event : asked;
    }
    default:
      return event;
  }
}
