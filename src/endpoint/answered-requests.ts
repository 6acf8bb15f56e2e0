/** One request as it was answered: never its headers, its body or anything secret. */
export interface AnsweredRequest {
  readonly id: string;
  readonly time: Date;
  /** The Action as the request named it, cut to a decent length; absent when it names none that can be read. */
  readonly action?: string | undefined;
  /** The AccessKeyId of the claimed signature; absent when the request claims none. */
  readonly AccessKeyId?: string | undefined;
  readonly status: number;
}

/** The latest requests, as many as there is room for. */
export class AnsweredRequests {
  readonly #room: number;
  readonly #ring: AnsweredRequest[] = [];
  #next = 0;

  constructor(room: number) {
    this.#room = room;
  }

  add(request: AnsweredRequest): void {
    this.#ring[this.#next] = request;
    this.#next = (this.#next + 1) % this.#room;
  }

  /** The latest requests, oldest first. @param limit at most so many of them */
  list(limit: number = this.#room): AnsweredRequest[] {
    const inOrder = [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)];
    return limit <= 0 ? [] : inOrder.slice(-limit);
  }

  clear(): void {
    this.#ring.length = 0;
    this.#next = 0;
  }
}
