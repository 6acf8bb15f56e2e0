import { AwsError } from '../../errors.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Unknown } from '../facts.ts';

/** What ends a scan: asking for something else would end the same way. The next run takes it up. */
const fatal: readonly ErrorCode[] = [
  'ERR_NETWORK',
  'ERR_CREDENTIALS',
  'ERR_EXPIRED_CREDENTIALS',
  'ERR_CLOCK',
  'ERR_THROTTLED',
];

/** What could not be read of an account, in sentences for the head of an output. */
export class Gaps {
  readonly #sentences = new Set<string>();
  /** How many users something could not be read of, by what that was, and the first reason. */
  readonly #users = new Map<string, { count: number; reason: string }>();

  /**
   * Reads something of the account; where that is refused, notes what it leaves unknown.
   *
   * @param what as in `the credential report`
   * @param consequence as in `passwords and MFA are unknown`
   * @throws what ends the scan
   */
  async read<T>(what: string, consequence: string, work: () => Promise<T>): Promise<T | Unknown> {
    try {
      return await work();
    } catch (error) {
      const Reason = `${what} could not be read: ${requireRefusal(error).message}`;
      this.#sentences.add(`${Reason}; ${consequence}`);
      return { Kind: 'unknown', Reason };
    }
  }

  /** Notes that something of a user could not be read, and is unknown. @throws what ends the scan */
  noteUser(what: string, error: unknown): Unknown {
    const { message } = requireRefusal(error);
    const noted = this.#users.get(what) ?? { count: 0, reason: message };
    this.#users.set(what, { ...noted, count: noted.count + 1 });
    return { Kind: 'unknown', Reason: `${what} could not be read: ${message}` };
  }

  list(): string[] {
    const ofUsers = [...this.#users].map(
      ([what, { count, reason }]) =>
        `${what} could not be read for ${count} ${count === 1 ? 'user' : 'users'}; the first reason: ${reason}`,
    );
    return [...this.#sentences, ...ofUsers];
  }
}

/** Whether this is the answer of a service that could go otherwise for another call. */
export function isRefusal(error: unknown): error is AwsError {
  return error instanceof AwsError && !fatal.includes(error.code);
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && 'Kind' in value && value.Kind === 'unknown';
}

function requireRefusal(error: unknown): AwsError {
  if (isRefusal(error)) return error;
  throw error;
}
