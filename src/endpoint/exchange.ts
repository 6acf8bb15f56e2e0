import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsFault } from '../protocol/fault.ts';
import { writeFault } from '../protocol/xml.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { faultNamespace, type Answer } from './answer.ts';
import { readBody } from './read-body.ts';
import type { ReceivedRequest } from './received-request.ts';

/** More than any client of IAM sends. */
export const mostHeaders = 100;
const longestBody = 1024 * 1024;

const bodyTooLong = new AwsFault('RequestEntityTooLarge', `The body is longer than ${longestBody} bytes`);

/** What stands behind HTTP. */
export interface ExchangeContext {
  readonly allowedHosts: AllowedHosts;
  /** Answers a request of good size for one of our hosts, now or soon; does not throw. */
  readonly answer: (request: ReceivedRequest, deliver: (answer: Answer) => void) => void;
  readonly now: () => Date;
  readonly drawRequestId: () => string;
}

/** One request and its answer on their way through HTTP. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Whether the client waits for leave to send the body. */
  readonly asksFirst: boolean;
  /** Whether this is to be the connection's last answer. */
  readonly draining: () => boolean;
}

/** Reads a request, has it answered and writes the answer; what is too long or for somebody else is refused before. */
export function serveExchange(exchange: Exchange, context: ExchangeContext): void {
  const { request, response, asksFirst } = exchange;
  const refusal = findRefusal(exchange, context);
  if (refusal !== undefined) {
    sendLast(response, composeRefusal(refusal, context));
    return;
  }
  if (asksFirst) response.writeContinue();
  readBody(request, longestBody, (body) => {
    if (typeof body === 'string') {
      sendLast(response, composeRefusal(bodyTooLong, context));
      return;
    }
    context.answer(receive(request, body), (answer) => {
      deliver(answer, exchange);
    });
  });
}

/** Sends an answer, unless a rehearsal wants it late or not at all. */
function deliver(answer: Answer, exchange: Exchange): void {
  const { interruption } = answer;
  const { response, draining } = exchange;
  if (interruption !== undefined) {
    setTimeout(() => {
      if (interruption.lost) response.destroy();
      else deliver({ ...answer, interruption: undefined }, exchange);
    }, interruption.delay);
  } else if (draining()) sendLast(response, answer);
  else send(response, answer);
}

/** What is wrong with a request before its body is looked at. The words are ours: AWS never gets to see such requests. */
function findRefusal({ request, asksFirst }: Exchange, { allowedHosts }: ExchangeContext): AwsFault | undefined {
  const { method, headers, rawHeaders } = request;
  if (rawHeaders.length > 2 * mostHeaders) {
    return new AwsFault('RequestHeaderSectionTooLarge', `The request has more than ${mostHeaders} headers`);
  }
  if (!allowedHosts.has(headers.host)) {
    const advice = 'name it with --allow-host if it is yours';
    const host = headers.host ?? '';
    return new AwsFault('UnknownHost', `This endpoint does not answer to the host '${host}': ${advice}`, 403);
  }
  if (method !== 'GET' && method !== 'POST') {
    return new AwsFault('MethodNotAllowed', 'The method is neither GET nor POST', 405);
  }
  return asksFirst && Number(headers['content-length']) > longestBody ? bodyTooLong : undefined;
}

function receive({ method = '', url = '', rawHeaders, socket }: IncomingMessage, body: Uint8Array): ReceivedRequest {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  return { method, path, query, headers, body, sourceAddress: toPlainAddress(socket.remoteAddress ?? '') };
}

/** An IPv4 address that came in through an IPv6 socket is an IPv4 address. */
function toPlainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

function composeRefusal(fault: AwsFault, { now, drawRequestId }: ExchangeContext): Answer {
  const requestId = drawRequestId();
  const body = writeFault(fault, { xmlns: faultNamespace, requestId });
  return { status: fault.status, contentType: 'text/xml', body, requestId, date: now() };
}

function sendLast(response: ServerResponse, answer: Answer): void {
  response.shouldKeepAlive = false;
  send(response, answer);
}

function send(response: ServerResponse, answer: Answer): void {
  const { status, contentType, body, tail, requestId, date, ownHeaders = [] } = answer;
  const headers = ['x-amzn-RequestId', requestId, 'Content-Type', contentType, 'Date', writeDate(date), ...ownHeaders];
  if (tail !== undefined) {
    response.writeHead(status, headers);
    // What cannot be sent to its end is cut off, which the client sees.
    pipeline(Readable.from(joinParts(body, tail)), response).catch(() => response.destroy());
    return;
  }
  const length = Buffer.byteLength(body);
  headers.push('Content-Length', String(length));
  response.writeHead(status, headers);
  // as many bytes as characters is plain ASCII, which is written faster when Node.js is told so
  response.end(body, length === body.length ? 'latin1' : 'utf8');
}

/** The second that was written last, and how. */
let latest = { second: NaN, text: '' };

/** As an HTTP date: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 */
function writeDate(date: Date): string {
  const second = Math.floor(date.getTime() / 1_000);
  if (second !== latest.second) latest = { second, text: date.toUTCString() };
  return latest.text;
}

function* joinParts(body: string, tail: Iterable<string>): Generator<string> {
  yield body;
  yield* tail;
}
