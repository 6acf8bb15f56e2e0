// HTTP as attackers and accidents write it: no 500, no hang, no growth, and the endpoint goes on.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../src/endpoint/index.ts';
import { administratorOf, callWell, composeBody, signBody } from './signed-call.ts';

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({ allowHosts: ['Keys.Example.test', 'fd00::1'] });
});

afterAll(() => endpoint.close());

afterEach(async () => {
  await callWell(endpoint, administratorOf(endpoint), 'GetCallerIdentity');
});

function open(): Socket {
  return connect(endpoint.port, '127.0.0.1').on('error', () => undefined);
}

/** Everything that comes back until the other side closes, or until `enough` says so. */
async function read(socket: Socket, enough: (text: string) => boolean = () => false): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`no end after: ${text}`));
    }, 20_000);
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(text);
    };
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (enough(text)) finish();
    });
    socket.on('close', finish);
  });
}

async function talk(request: string | Buffer, enough?: (text: string) => boolean): Promise<string> {
  const socket = open();
  socket.write(request);
  return read(socket, enough);
}

function writeRequest(
  headers: readonly (readonly [string, string])[],
  body: string,
  start = 'POST / HTTP/1.1',
): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${start}\r\n${lines}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function writeSigned(Action = 'GetCallerIdentity'): string {
  const body = composeBody(Action);
  return writeRequest(signBody(endpoint.url, administratorOf(endpoint), body), body);
}

function readStatuses(text: string): string[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => match[1] ?? '');
}

const close = ['Connection', 'close'] as const;

describe('the Host header', () => {
  async function ask(host: string): Promise<string> {
    return talk(writeRequest([['Host', host], close], ''));
  }

  it.each([
    ...['localhost', '127.0.0.1', '127.0.0.1:1', 'LOCALHOST:7411', '[::1]', '[::1]:80'],
    ...['keys.example.test:7411', '[fd00::1]:7411'],
  ])('may be %s', async (host) => {
    expect(await ask(host)).toContain('<Code>MissingAuthenticationToken</Code>');
  });

  it.each([
    'evil.test',
    'localhost.evil.test',
    'evil.test:7411',
    '127.0.0.1.evil.test',
    '',
    '::1',
    '127.0.0.2',
    '[::2]:1',
  ])('may not be %s', async (host) => {
    const answer = await ask(host);
    expect(readStatuses(answer)).toEqual(['403']);
    expect(answer).toContain('<Code>UnknownHost</Code>');
    expect(answer.toLowerCase()).not.toContain('access-control');
  });

  it('has to be there', async () => {
    expect(readStatuses(await talk('GET / HTTP/1.1\r\nConnection: close\r\n\r\n'))).toEqual(['400']);
    expect(readStatuses(await talk('GET / HTTP/1.0\r\n\r\n'))).toEqual(['403']);
  });
});

describe('a request', () => {
  it('of another method is not served', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'HEAD']) {
      const answer = await talk(writeRequest([['Host', 'localhost'], close], '', `${method} / HTTP/1.1`));
      expect(readStatuses(answer)).toEqual(['405']);
    }
  });

  it('with a body of 10 MB is refused after all of it', async () => {
    const headers = [['Host', 'localhost'], close] as const;
    const answer = await talk(writeRequest(headers, 'a'.repeat(10_000_000)));
    expect(readStatuses(answer)).toEqual(['400']);
    expect(answer).toContain('<Code>RequestEntityTooLarge</Code>');
  });

  it('with a body that never ends is cut off', async () => {
    const socket = open();
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n');
    const chunk = Buffer.from(`${(65_536).toString(16)}\r\n${'a'.repeat(65_536)}\r\n`);
    const before = process.memoryUsage().rss;
    const pump = () => {
      while (socket.writable && socket.write(chunk));
      if (socket.writable) socket.once('drain', pump);
    };
    pump();
    // A client that goes on sending may be told by a reset before it has read the answer.
    expect([['400'], []]).toContainEqual(readStatuses(await read(socket)));
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it('that announces a long body and waits for leave is refused at once', async () => {
    const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\nExpect: 100-continue\r\n';
    const answer = await talk(`${head}Connection: close\r\n\r\n`, (text) => text.includes('</ErrorResponse>'));
    expect(readStatuses(answer)).toEqual(['400']);
  });

  it('that waits for leave to send a short body gets it', async () => {
    const signed = writeSigned();
    const [head = '', body = ''] = signed.split('\r\n\r\n');
    const socket = open();
    socket.write(`${head}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`);
    socket.once('data', () => socket.write(body));
    expect(readStatuses(await read(socket))).toEqual(['100', '200']);
  });

  it('with a thousand headers is refused', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => [`X-${index}`, 'y'] as const);
    const answer = await talk(writeRequest([['Host', 'localhost'], close, ...many], ''));
    expect(readStatuses(answer)[0]).toMatch(/^4\d\d$/);
    const few = await talk(writeRequest([['Host', 'localhost'], close, ...many.slice(0, 98)], ''));
    expect(few).toContain('<Code>RequestHeaderSectionTooLarge</Code>');
    const enough = await talk(writeRequest([['Host', 'localhost'], close, ...many.slice(0, 97)], ''));
    expect(enough).toContain('<Code>MissingAuthenticationToken</Code>');
  });

  it('with headers without end is refused', async () => {
    const answer = await talk(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(200_000)}\r\n\r\n`);
    expect(readStatuses(answer)).toEqual(['431']);
  });

  it.each([
    ['nonsense', 'how do you do\r\n\r\n'],
    ['bytes', Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 37) % 256))],
    ['TLS', Buffer.from('16030100c8010000c403', 'hex')],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\naa'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a negative length', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n'],
    ['a broken chunk', 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\naa\r\n'],
    ['a split header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX\r\n: y\r\n\r\n'],
  ])('that is no HTTP is refused: %s', async (_, bytes) => {
    expect(readStatuses(await talk(bytes))).toEqual(['400']);
  });

  it.each([
    ['GET /?Action=%ZZ&X-Amz-Algorithm=x HTTP/1.1', '400'],
    ['GET /?Action=%E0%A4&X-Amz-Algorithm=x HTTP/1.1', '400'],
    ['GET /%ZZ/%00/../.. HTTP/1.1', '403'],
    ['GET http://evil.test/?a=b HTTP/1.1', '403'],
    ['GET * HTTP/1.1', '403'],
    ['GET /?a=b?c=d&&&=== HTTP/1.1', '403'],
  ])('for an odd target is refused: %s', async (start, status) => {
    expect(readStatuses(await talk(writeRequest([['Host', 'localhost'], close], '', start)))).toEqual([status]);
  });

  it.each([
    ['no fields', 'AWS4-HMAC-SHA256'],
    ['empty fields', 'AWS4-HMAC-SHA256 Credential=, SignedHeaders=, Signature='],
    ['slashes', `AWS4-HMAC-SHA256 Credential=${'/'.repeat(1_000)}, SignedHeaders=host, Signature=a`],
    ['many headers', `AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=${'host;'.repeat(1_000)}, Signature=\u00e9`],
    ['another scheme', 'Basic YWRtaW46YWRtaW4='],
    ['bytes', '\u00ff\u00fe'],
  ])('with an odd Authorization is refused: %s', async (_, Authorization) => {
    const headers = [
      ['Host', 'localhost'],
      close,
      ['X-Amz-Date', '20260101T000000Z'],
      ['Authorization', Authorization],
    ] as const;
    const request = Buffer.from(writeRequest(headers, ''), 'latin1');
    expect(readStatuses(await talk(request))[0]).toMatch(/^40[03]$/);
  });

  it('cut off half way harms nobody', async () => {
    const signed = writeSigned();
    for (const length of [1, 20, 200, signed.length - 1]) {
      const socket = open();
      await new Promise<void>((resolve) =>
        socket.write(signed.slice(0, length), () => {
          resolve();
        }),
      );
      socket.destroy();
    }
    const socket = open();
    socket.end(signed.slice(0, -1));
    expect(readStatuses(await read(socket))).not.toContain('200');
  });

  it('before nonsense on the same connection is answered', async () => {
    const socket = open();
    socket.write(writeSigned());
    socket.once('data', () => socket.write('and now for something different\r\n\r\n'));
    expect(readStatuses(await read(socket))).toEqual(['200', '400']);
    expect(readStatuses(await talk(`${writeSigned()}and now for something different\r\n\r\n`))).toContain('400');
  });

  it('among others on the same connection is answered in its turn', async () => {
    const signed = writeSigned();
    const text = await talk(signed.repeat(20), (sofar) => sofar.split('</GetCallerIdentityResponse>').length === 21);
    expect(readStatuses(text)).toEqual(Array.from({ length: 20 }, () => '200'));
  });
});

describe('closing', () => {
  it('lets a request under way end and takes no other', async () => {
    const other = await startEndpoint();
    const body = composeBody('GetCallerIdentity');
    const signed = writeRequest(signBody(other.url, administratorOf(other), body), body);
    const [head = ''] = signed.split('\r\n\r\n');
    const socket = connect(other.port, '127.0.0.1');
    socket.write(`${head}\r\nExpect: 100-continue\r\n\r\n`);
    await once(socket, 'data');
    const closed = other.close();
    socket.write(body);
    const answer = await read(socket);
    expect(readStatuses(answer)).toEqual(['200']);
    expect(answer).toMatch(/connection: close/i);
    await closed;
    await other.close();
    await expect(fetch(other.url)).rejects.toThrow();
  });

  it('does not wait for idle connections', async () => {
    const other = await startEndpoint();
    const socket = connect(other.port, '127.0.0.1');
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    const before = Date.now();
    await other.close();
    expect(Date.now() - before).toBeLessThan(3_000);
  });
});
