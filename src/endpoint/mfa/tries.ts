import { BoundedMap } from '../bounded-map.ts';

const windowLength = 180_000;
const triesInWindow = 9;
/** Devices whose tries are remembered, about. */
const mostRemembered = 20_000;

/**
 * How often codes of an MFA device may be tried at STS: nine times in three minutes of UTC, whether they are good or bad, and
 * whatever becomes of the device meanwhile. Kept in memory.
 *
 * Source: tries that stackd (https://github.com/radkawar/stackd, Apache-2.0) captured
 */
export class MfaTries {
  readonly #tries = new BoundedMap<string, { readonly window: number; readonly count: number }>(mostRemembered);

  /** Counts a try of a device; false where there was none left. */
  take(SerialNumber: string, now: Date): boolean {
    const window = Math.floor(now.getTime() / windowLength);
    const last = this.#tries.get(SerialNumber);
    const count = last?.window === window ? last.count + 1 : 1;
    this.#tries.set(SerialNumber, { window, count: Math.min(count, triesInWindow + 1) });
    return count <= triesInWindow;
  }

  /** For a directory that is emptied. */
  forget(): void {
    this.#tries.clear();
  }
}
