import { inspect } from 'node:util';

/**
 * A secret value that prints `***` however it is shown: in a template, in JSON, in `console.log`, in an error.
 *
 * The value itself comes out of {@link Secret.reveal} alone, so a search for `reveal(` finds every place where a secret
 * leaves its cover.
 *
 * @example
 * const secret = new Secret('hunter2');
 * `${secret}`;      // '***'
 * secret.reveal();  // 'hunter2'
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value in the clear. Keep it for one call, and in no log, error or file but its destination. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspect.custom](): string {
    return '***';
  }
}
