import { AwsError } from '../../errors.ts';
import type { ErrorCode } from '../../errors.ts';
import { pause } from '../../iam/clock.ts';
import type { Clock, Connection } from '../../iam/index.ts';
import type { Gate } from './gate.ts';
import type { Meter } from './meter.ts';
import { Pace } from './pace.ts';

/** One call, as a connection sends it. */
export type Send<T> = (aws: Connection, signal: AbortSignal | undefined) => Promise<T>;

/** What may go well when it is asked again: reading twice harms nothing. */
const passing: readonly ErrorCode[] = ['ERR_SERVICE', 'ERR_NETWORK', 'ERR_CLOCK'];
/** Calls whose answers are of some MB, and many times that while they are read. */
const heavy: readonly string[] = ['GetAccountAuthorizationDetails', 'GetCredentialReport'];
/** Milliseconds before each further try. */
const delays = [500, 1000, 2000, 4000];
/** Milliseconds in which a call was answered by nothing but Throttling. */
const longestWait = 15 * 60_000;

/** What the doors of a scan share. */
export interface DoorTerms {
  readonly clock: Clock;
  readonly meter: Meter;
  /** Lets through as many heavy calls at a time as memory is to be had for. */
  readonly gate: Gate;
}

/**
 * The way into one account: every call goes through here, at the pace of its action, is counted for every request that is
 * sent, and is asked again where that may help. A session that has ended is made anew.
 */
export class AccountDoor {
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #gate: Gate;
  readonly #connect: () => Connection;
  readonly #paces = new Map<string, Pace>();
  #connection: Connection;

  /** @param connect makes a connection that sends each call once; asked again when the session of the last one has ended */
  constructor(connect: () => Connection, { clock, meter, gate }: DoorTerms) {
    this.#connect = connect;
    this.#clock = clock;
    this.#meter = meter;
    this.#gate = gate;
    this.#connection = connect();
  }

  /** @throws KeyturnError as the call itself; ERR_THROTTLED only after a quarter of an hour of it */
  async call<T>(action: string, send: Send<T>, signal: AbortSignal | undefined): Promise<T> {
    const start = this.#readTime();
    let renewed = false;
    for (let failures = 0; ;) {
      const connection = this.#connection;
      try {
        return await this.#send(action, () => send(connection, signal), signal);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        if (error.code === 'ERR_THROTTLED' && this.#readTime() - start < longestWait) continue;
        if (error.code === 'ERR_EXPIRED_CREDENTIALS' && !renewed) {
          renewed = true;
          if (connection === this.#connection) this.#connection = this.#connect();
          continue;
        }
        const delay = passing.includes(error.code) ? delays[failures++] : undefined;
        if (delay === undefined) throw error;
        await pause(this.#clock, delay, signal);
      }
    }
  }

  async #send<T>(action: string, call: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const pace = this.#findPace(action);
    const sentAt = await pace.takeTurn(signal);
    this.#meter.countCall(action);
    try {
      const answer = await (heavy.includes(action) ? this.#gate.pass(call) : call());
      pace.noteAnswer(sentAt);
      return answer;
    } catch (error) {
      if (error instanceof AwsError && error.code === 'ERR_THROTTLED') {
        this.#meter.countThrottled();
        pace.noteThrottling(sentAt);
      } else pace.noteAnswer(sentAt);
      throw error;
    }
  }

  #findPace(action: string): Pace {
    let pace = this.#paces.get(action);
    if (pace === undefined) this.#paces.set(action, (pace = new Pace(this.#clock)));
    return pace;
  }

  #readTime(): number {
    return this.#clock.now().getTime();
  }
}
