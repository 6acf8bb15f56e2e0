import type { IncomingMessage } from 'node:http';

/** Beyond this much, what a client still sends is not even thrown away any more: the connection ends. */
const mostDiscarded = 16 * 1024 * 1024;

/**
 * Collects the body of a request. A body that is too long is read to its end and thrown away, so that the client gets to
 * read the answer; one that goes on and on is not.
 *
 * @param limit bytes
 * @param done called once, with the body or with how its length is at fault; not called when the client goes away
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  done: (body: Uint8Array | 'too-long' | 'endless') => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    const before = length;
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
    if (before <= mostDiscarded && length > mostDiscarded) done('endless');
  });
  request.on('end', () => {
    if (length > mostDiscarded) return;
    const [first] = chunks;
    if (length > limit) done('too-long');
    else done(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks));
  });
}
