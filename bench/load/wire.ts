/** One client connection of HTTP/1.1, as bare as can be, so that what is measured is the server. */
import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Sends requests one after the other, each when the one before is answered; connects anew where the server hung up. */
export class Wire {
  readonly #port: number;
  #socket: Socket | undefined;
  #received = '';
  #waiting: PromiseWithResolvers<Answer> | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** @param request a whole request, headers and body */
  exchange(request: Buffer): Promise<Answer> {
    this.#waiting = Promise.withResolvers<Answer>();
    this.#received = '';
    this.#socket ??= this.#connect();
    this.#socket.write(request);
    return this.#waiting.promise;
  }

  close(): void {
    this.#socket?.destroy();
  }

  #connect(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#received += text;
      const answer = readAnswer(this.#received);
      if (answer === undefined) return;
      if (answer.last) this.#hangUp(socket);
      this.#waiting?.resolve(answer);
    });
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => {
      if (this.#socket === socket) this.#waiting?.reject(new Error('the server hung up before it had answered'));
      this.#hangUp(socket);
    });
    return socket;
  }

  #hangUp(socket: Socket): void {
    if (this.#socket === socket) this.#socket = undefined;
    socket.destroy();
  }
}

/** A whole answer with a Content-Length, or undefined while there is more to come; `last` when its connection ends. */
function readAnswer(text: string): (Answer & { readonly last: boolean }) | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error('an answer without a Content-Length');
  const body = text.slice(end + 4);
  if (body.length < Number(length)) return undefined;
  return { status: Number(head.slice(9, 12)), body, last: /\r\nconnection: *close/i.test(head) };
}
