import type { Answer } from './answer.ts';
import type { ReceivedRequest } from './received-request.ts';

interface Waiting {
  readonly request: ReceivedRequest;
  readonly deliver: (answer: Answer) => void;
}

/** Requests that arrive in one turn of the event loop, to be answered together at its end. */
export class AnswerQueue {
  readonly #answer: (requests: readonly ReceivedRequest[]) => readonly Answer[];
  #waiting: Waiting[] = [];

  /** @param answer gives an answer for each request, in their order; does not throw */
  constructor(answer: (requests: readonly ReceivedRequest[]) => readonly Answer[]) {
    this.#answer = answer;
  }

  add(request: ReceivedRequest, deliver: (answer: Answer) => void): void {
    this.#waiting.push({ request, deliver });
    if (this.#waiting.length === 1) setImmediate(this.#answerAll);
  }

  readonly #answerAll = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    const answers = this.#answer(waiting.map(({ request }) => request));
    for (const [index, answer] of answers.entries()) waiting[index]?.deliver(answer);
  };
}
