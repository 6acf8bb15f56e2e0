import { listContextKeys } from '../../policy/context-keys.ts';
import { MalformedPolicyDocument } from '../../policy/malformed.ts';
import { refuse } from '../actions/refusals.ts';

/**
 * The context keys that each of some documents asks for; what several ask for is there several times.
 *
 * @throws AwsFault InvalidInput for a document that cannot be read
 */
export function listContextKeysOf(documents: readonly string[]): readonly string[] {
  try {
    return documents.flatMap(listContextKeys);
  } catch (error) {
    if (error instanceof MalformedPolicyDocument) throw refuse('InvalidInput', error.message);
    throw error;
  }
}
