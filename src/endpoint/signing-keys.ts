import type { KeyObject } from 'node:crypto';
import type { Secret } from '../secret.ts';
import { deriveSigningKey, type SigningScope } from '../sigv4/signing-key.ts';
import { BoundedMap } from './bounded-map.ts';

/** A key signs for the days and regions in use at a time; more than this for one key is nobody's normal day. */
const mostScopes = 16;

/** Signing keys that were derived before, for a bounded number of access keys: the oldest make room. */
export class SigningKeys {
  readonly #byAccessKeyId: BoundedMap<string, Map<string, KeyObject>>;

  /** @param room for so many access keys */
  constructor(room: number) {
    this.#byAccessKeyId = new BoundedMap(room);
  }

  /** The signing key of an access key for a scope; derived when it is not at hand. */
  find(AccessKeyId: string, SecretAccessKey: Secret, scope: SigningScope): KeyObject {
    const byScope = this.#findScopes(AccessKeyId);
    const name = `${scope.date}/${scope.region}/${scope.service}`;
    const known = byScope.get(name);
    if (known !== undefined) return known;
    if (byScope.size === mostScopes) byScope.clear();
    const key = deriveSigningKey(SecretAccessKey.reveal(), scope);
    byScope.set(name, key);
    return key;
  }

  /** Forgets what was derived from an access key that has changed or is gone. */
  drop(AccessKeyId: string): void {
    this.#byAccessKeyId.delete(AccessKeyId);
  }

  clear(): void {
    this.#byAccessKeyId.clear();
  }

  #findScopes(AccessKeyId: string): Map<string, KeyObject> {
    const known = this.#byAccessKeyId.get(AccessKeyId);
    if (known !== undefined) return known;
    const byScope = new Map<string, KeyObject>();
    this.#byAccessKeyId.set(AccessKeyId, byScope);
    return byScope;
  }
}
