import { KeyturnError } from '../errors.ts';
import type { KeyPair } from '../rotation/sink.ts';
import { Secret } from '../secret.ts';

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

/** What stands where a key is to go, as far as it is there. */
export interface HeldKey {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SmtpPassword?: string | undefined;
}

export interface Claim {
  /** What the message calls the place: `profile dev in /home/me/.aws/credentials`. */
  readonly place: string;
  /** The key that may be replaced. */
  readonly replaces: string | undefined;
  /** Whether any other may be, too. */
  readonly force?: boolean | undefined;
}

/**
 * Lets a write go on only into an empty place, over the key that it is to replace, over the same key, or with force.
 *
 * @throws KeyturnError ERR_REFUSED naming the place and the key that is there
 */
export function requireFree(held: HeldKey, AccessKeyId: string, { place, replaces, force = false }: Claim): void {
  const isEmpty = !held.AccessKeyId && !held.SecretAccessKey;
  if (force || isEmpty || held.AccessKeyId === AccessKeyId) return;
  if (held.AccessKeyId !== undefined && held.AccessKeyId === replaces) return;
  if (replaces === undefined) {
    throw new KeyturnError('ERR_REFUSED', `${place} already holds ${describeId(held.AccessKeyId)}`, {
      hint: 'name another place, or say --force to replace it',
    });
  }
  throw new KeyturnError('ERR_REFUSED', `${place} holds ${describeId(held.AccessKeyId)}, not ${replaces}`, {
    hint: `it is left as it is; see where ${replaces} is held with keyturn sinks find ${replaces}`,
  });
}

/** The pair that is held, where both halves are there. */
export function completePair({ AccessKeyId, SecretAccessKey, SmtpPassword }: HeldKey): KeyPair | undefined {
  if (!AccessKeyId || !SecretAccessKey) return undefined;
  return {
    AccessKeyId,
    SecretAccessKey: new Secret(SecretAccessKey),
    ...(SmtpPassword && { SmtpPassword: new Secret(SmtpPassword) }),
  };
}

/** Only what has the form of an id is shown: a secret that was pasted in the wrong place is not. */
function describeId(id = ''): string {
  return /^[A-Z0-9]{16,128}$/.test(id) ? `the access key ${id}` : 'an access key';
}

/** What a rotation kept aside and nobody took away again may be the last copy of a secret: it is not written over. */
export function describeLeftover(place: string): KeyturnError {
  return new KeyturnError('ERR_REFUSED', `${place} keeps a key of an earlier rotation`, {
    hint: 'let that rotation end, or undo it; if there is none any more, take out by hand what it kept',
  });
}
