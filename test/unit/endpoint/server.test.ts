import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AllowedHosts } from '../../../src/endpoint/allowed-hosts.ts';
import { listen } from '../../../src/endpoint/listen.ts';
import { createEndpointServer, patience, type EndpointServer } from '../../../src/endpoint/server.ts';
import type { SignableRequest } from '../../../src/sigv4/request.ts';

const now = new Date('2026-11-23T10:00:00Z');

let server: EndpointServer;
let port: number;
let seen: SignableRequest[];
/** What follows the answer's text. */
let tail: Iterable<string> | undefined;

beforeEach(async () => {
  seen = [];
  tail = undefined;
  server = createEndpointServer({
    allowedHosts: new AllowedHosts([]),
    now: () => now,
    drawRequestId: () => 'an-id',
    patience: {
      ...patience,
      headersTimeout: 500,
      requestTimeout: 1_000,
      silence: 3_000,
      connectionsCheckingInterval: 50,
    },
    answer: (request, deliver) => {
      seen.push(request);
      deliver({
        status: 200,
        contentType: 'text/plain',
        body: 'é',
        requestId: 'an-id',
        date: now,
        ...(tail && { tail }),
      });
    },
  });
  ({ port } = await listen(server.http, '127.0.0.1', 0));
});

afterEach(() => server.close());

async function talk(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) answer += chunk.toString();
  return answer;
}

describe('the server', () => {
  it('hands on the request as it was sent, and writes the answer', async () => {
    const head = 'POST /a%20b?c=%2F HTTP/1.1\r\nhost: localhost\r\nX-A: 1\r\nx-a:  2 \r\nConnection: close\r\n';
    const answer = await talk(`${head}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n`);
    expect(seen).toMatchObject([
      {
        method: 'POST',
        path: '/a%20b',
        query: 'c=%2F',
        headers: [
          ['host', 'localhost'],
          ['X-A', '1'],
          ['x-a', '2'],
          ['Connection', 'close'],
          ['Transfer-Encoding', 'chunked'],
        ],
      },
    ]);
    expect(Buffer.from(seen[0]?.body ?? []).toString()).toBe('abc');
    const lines = ['x-amzn-RequestId: an-id', 'Content-Type: text/plain', 'Content-Length: 2'];
    for (const line of [...lines, 'Date: Mon, 23 Nov 2026 10:00:00 GMT']) expect(answer).toContain(`\r\n${line}\r\n`);
    expect(answer).toMatch(/\r\n\r\né$/);
  });

  it('sends what comes in parts part by part', async () => {
    tail = ['b', 'cd'];
    const answer = await talk('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(answer).toContain('\r\nTransfer-Encoding: chunked\r\n');
    expect(answer).toMatch(/\r\n\r\n2\r\né\r\n1\r\nb\r\n2\r\ncd\r\n0\r\n\r\n$/);
  });

  it('cuts off what it cannot send to its end', async () => {
    tail = (function* () {
      yield 'b';
      throw new Error('no more');
    })();
    const answer = await talk('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).not.toMatch(/\r\n0\r\n\r\n$/);
  });

  it('ends a connection whose headers do not come', async () => {
    expect(await talk('GET / HTTP/1.1\r\nHost: localhost\r\n')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('ends a connection whose body does not come', async () => {
    expect(await talk('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab')).toMatch(/^HTTP\/1\.1 408 /);
    expect(seen).toEqual([]);
  });

  it('ends a connection on which nothing comes', async () => {
    expect(await talk('')).toMatch(/^(HTTP\/1\.1 408 .*)?/);
  });
});
