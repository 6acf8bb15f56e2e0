import type { IAMClient } from '@aws-sdk/client-iam';
import type { Clock } from './clock.ts';

/** Any client of the SDK, as far as its middleware is concerned. */
interface Client {
  readonly middlewareStack: { add: unknown };
}

/**
 * AWS's time, from the Date header of its answers, whole seconds: dates of use, deadlines and the times of events are
 * AWS's, and this machine's clock may be wrong.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc9110.html#name-date
 */
export class ServerTime {
  readonly #clock: Clock;
  #newest: { readonly date: number; readonly readAt: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The newest answer's Date and the time that has passed since it came; before any answer, this machine's time. */
  now(): Date {
    if (this.#newest === undefined) return this.#clock.now();
    return new Date(this.#newest.date + this.#readMonotonic() - this.#newest.readAt);
  }

  /** Looks at every answer that the service itself gives to a client, refusals too. */
  watch(client: Client): void {
    const { middlewareStack } = client as Pick<IAMClient, 'middlewareStack'>;
    middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        this.#note(result.response);
        return result;
      },
      // Between the deserializer, which throws for a refusal, and the check that the answer is the service's own.
      { step: 'deserialize', name: 'keyturnServerTime', override: true },
    );
  }

  #note(response: unknown): void {
    const { headers = {} } = response as { headers?: Readonly<Record<string, string | undefined>> };
    const date = Date.parse(headers.date ?? '');
    if (!Number.isNaN(date)) this.#newest = { date, readAt: this.#readMonotonic() };
  }

  #readMonotonic(): number {
    return Math.floor(this.#clock.monotonic?.() ?? this.#clock.now().getTime());
  }
}
