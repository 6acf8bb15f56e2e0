import { KeyturnError } from '../../../src/errors.ts';

/** The error a promise rejects with, which must be ours. */
export async function catchFailure(promise: Promise<unknown>): Promise<KeyturnError> {
  return catchOne(KeyturnError, promise);
}

/** The error a promise rejects with, which must be of a class. */
export async function catchOne<E extends Error>(
  kind: abstract new (...parameters: never) => E,
  promise: Promise<unknown>,
): Promise<E> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof kind) return error;
    throw new Error(`not a ${kind.name}`, { cause: error });
  }
  throw new Error('nothing was thrown');
}
