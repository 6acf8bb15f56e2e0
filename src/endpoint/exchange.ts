import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsFault } from '../protocol/fault.ts';
import { writeFault } from '../protocol/xml.ts';
import type { SignableRequest } from '../sigv4/request.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { faultNamespace, type Answer } from './answer.ts';
import { readBody } from './read-body.ts';

/** More than any client of IAM sends. */
export const mostHeaders = 100;
const longestBody = 1024 * 1024;

const bodyTooLong = new AwsFault('RequestEntityTooLarge', `The body is longer than ${longestBody} bytes`);

/** What stands behind HTTP. */
export interface ExchangeContext {
  readonly allowedHosts: AllowedHosts;
  /** Answers a request of good size for one of our hosts; does not throw. */
  readonly answer: (request: SignableRequest) => Answer;
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
    const answer = context.answer(toSignableRequest(request, body));
    if (exchange.draining()) sendLast(response, answer);
    else send(response, answer);
  });
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

function toSignableRequest({ method = '', url = '', rawHeaders }: IncomingMessage, body: Uint8Array): SignableRequest {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  const mark = url.indexOf('?');
  if (mark < 0) return { method, path: url, query: '', headers, body };
  return { method, path: url.slice(0, mark), query: url.slice(mark + 1), headers, body };
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

function send(response: ServerResponse, { status, contentType, body, requestId, date }: Answer): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, [
    'x-amzn-RequestId',
    requestId,
    'Content-Type',
    contentType,
    'Content-Length',
    String(length),
    'Date',
    date.toUTCString(),
  ]);
  // as many bytes as characters is plain ASCII, which is written faster when Node.js is told so
  response.end(body, length === body.length ? 'latin1' : 'utf8');
}
