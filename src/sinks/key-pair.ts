import { KeyturnError } from '../errors.ts';
import { Secret } from '../secret.ts';

/** What a sink holds: the id of an access key and its secret. */
export interface KeyPair {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
}

/** A pair of the size of AWS's own, to rehearse a write with before there is a key. */
export const placeholderKey: KeyPair = {
  AccessKeyId: 'AKIA'.padEnd(128, 'X'),
  SecretAccessKey: new Secret('x'.repeat(128)),
};

/**
 * @throws KeyturnError ERR_FILE for a pair that no file could hold so that all tools read it back: AWS makes none such
 */
export function requirePlain({ AccessKeyId, SecretAccessKey }: KeyPair): void {
  if (/^\w+$/.test(AccessKeyId) && /^[!-~]+$/.test(SecretAccessKey.reveal())) return;
  throw new KeyturnError('ERR_FILE', 'the key has characters that a file of keys cannot hold', {
    hint: 'a secret may have letters, digits and signs, but no spaces or line breaks',
  });
}

/** What stands where a key is to go, as found in a file. */
export interface HeldKey {
  readonly AccessKeyId: string | undefined;
  readonly SecretAccessKey: string | undefined;
}

/**
 * Lets a write go on only into an empty place, over the same key, or with force.
 *
 * @param place what the message calls it: `profile dev in /home/me/.aws/credentials`
 * @throws KeyturnError ERR_REFUSED naming the place and the key that is there
 */
export function requireFree(held: HeldKey, key: KeyPair, place: string, force = false): void {
  const isEmpty = !held.AccessKeyId && !held.SecretAccessKey;
  if (force || isEmpty || held.AccessKeyId === key.AccessKeyId) return;
  throw new KeyturnError('ERR_REFUSED', `${place} already holds ${describeId(held.AccessKeyId)}`, {
    hint: 'name another place, or say --force to replace it',
  });
}

/** Only what has the form of an id is shown: a secret that was pasted in the wrong place is not. */
function describeId(id = ''): string {
  return /^[A-Z0-9]{16,128}$/.test(id) ? `the access key ${id}` : 'an access key';
}
