/** A place where the consumers of an access key read it from: the port. src/sinks/ has the implementations. */
import type { Secret } from '../secret.ts';

export interface KeyPair {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
  /** Derived from the secret for SES's SMTP servers, where it is to go beside the pair. */
  readonly SmtpPassword?: Secret | undefined;
}

/** One delivery, or the taking back of one. */
export interface Delivery {
  /** The rotation, `r-…`, where there is one: for what a place can keep beside a value (a version's description, an environment variable). */
  readonly rotation?: string | undefined;
  /** The key that the place is to give up; another one in it is not ours to replace. Undefined where there is none. */
  readonly replaces: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Called right before the place is changed, after everything slow: throws when the right to change it has run out.
   */
  readonly requireLease: () => void;
}

export interface Sink {
  /** As it was written: `profile:deploy`. Never holds a secret. */
  readonly spec: string;
  /** For people: `profile deploy in /home/me/.aws/credentials`. */
  readonly name: string;
  /** Whether it can say which pair it holds. */
  readonly canRead: boolean;
  /** Whether every machine reaches the same place by this spec; a file is another one on another machine. */
  readonly isShared?: boolean;

  /**
   * Finds out, before there is a new key, whether the place would take one: it exists or can be made, is writable, and
   * holds `replaces` or nothing.
   *
   * @throws KeyturnError ERR_REFUSED where another key is there, ERR_FILE, ERR_ACCESS_DENIED, ERR_USAGE
   */
  check(replaces: string | undefined, signal?: AbortSignal): Promise<void>;

  /** The whole pair that it holds now; undefined where there is none. Only where `canRead`. @throws KeyturnError */
  read(signal?: AbortSignal): Promise<KeyPair | undefined>;

  /**
   * Puts the pair there. May be asked for twice: a place that holds the pair already is left as it is.
   *
   * @throws KeyturnError ERR_REFUSED where a third key is there; ERR_FILE and the like where it was not changed;
   * ERR_UNKNOWN_OUTCOME where it may have been
   */
  deliver(pair: KeyPair, delivery: Delivery): Promise<void>;

  /**
   * Puts back what the delivery replaced: `AccessKeyId`, in place of `delivery.replaces`. May be asked for twice.
   *
   * @returns whether the place holds `AccessKeyId` now; false where it did not keep it, and then nothing was changed
   */
  restore(AccessKeyId: string, delivery: Delivery): Promise<boolean>;

  /** Forgets what it kept to be put back: `AccessKeyId`. May be asked for twice. */
  settle(AccessKeyId: string, delivery: Delivery): Promise<void>;
}
