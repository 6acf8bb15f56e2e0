import type { Caller } from './caller.ts';

/** One request that a known caller made, as CloudTrail tells it afterwards. Nothing secret is in it. */
export interface HistoryEvent {
  readonly id: string;
  readonly requestId: string;
  readonly time: Date;
  /** Where CloudTrail keeps it: the home region of a service that has only one. */
  readonly region: string;
  /** As a credential scope has it: `iam`. */
  readonly service: string;
  readonly name: string;
  readonly caller: Caller;
  readonly sourceAddress: string;
  readonly userAgent: string;
  /** In CloudTrail's own casing. */
  readonly requestParameters: object | null;
  readonly responseElements: object | null;
  /** Of a request that was refused. */
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

/** The latest events of all accounts, as many as there is room for. */
export class EventHistory {
  readonly #room: number;
  readonly #ring: HistoryEvent[] = [];
  #added = 0;

  constructor(room: number) {
    this.#room = room;
  }

  add(event: HistoryEvent): void {
    this.#ring[this.#added % this.#room] = event;
    this.#added += 1;
  }

  /**
   * Events from the newest to the oldest, each with its place. An event keeps its place as long as it is kept.
   *
   * @param before only events older than the one at this place
   */
  *newestFirst(before: number = this.#added): Generator<{ readonly place: number; readonly event: HistoryEvent }> {
    const oldest = Math.max(0, this.#added - this.#room);
    for (let place = Math.min(before, this.#added) - 1; place >= oldest; place -= 1) {
      const event = this.#ring[place % this.#room];
      if (event !== undefined) yield { place, event };
    }
  }

  clear(): void {
    this.#ring.length = 0;
    this.#added = 0;
  }
}
