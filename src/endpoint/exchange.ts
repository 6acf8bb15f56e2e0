import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsFault } from '../protocol/fault.ts';
import { writeFault } from '../protocol/xml.ts';
import { findHeader, type SignableRequest } from '../sigv4/request.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { faultNamespace, type Answer } from './answer.ts';
import { readBody } from './read-body.ts';

/** More than any client of IAM sends. */
export const mostHeaders = 100;
const longestBody = 1024 * 1024;

const noBody = new Uint8Array();
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
  const { request: incoming, response, asksFirst, draining } = exchange;
  const request = toSignableRequest(incoming);
  const send = (answer: Answer, last = draining()) => {
    if (last) response.shouldKeepAlive = false;
    sendAnswer(response, answer);
  };
  const refusal = findRefusal(request, context) ?? (asksFirst ? findBodyRefusal(request) : undefined);
  if (refusal !== undefined) {
    send(composeRefusal(refusal, context), true);
    return;
  }
  if (asksFirst) response.writeContinue();
  readBody(incoming, longestBody, (body) => {
    if (typeof body === 'string') send(composeRefusal(bodyTooLong, context), true);
    else send(context.answer({ ...request, body }));
  });
}

/** A body that is announced as too long is refused before it is sent. */
function findBodyRefusal(request: SignableRequest): AwsFault | undefined {
  return Number(findHeader(request, 'content-length')) > longestBody ? bodyTooLong : undefined;
}

function toSignableRequest({ method = '', url = '', rawHeaders }: IncomingMessage): SignableRequest {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  return { method, path, query: mark < 0 ? '' : url.slice(mark + 1), headers, body: noBody };
}

/** What is wrong with a request before its body is looked at. The words are ours: AWS never gets to see such requests. */
function findRefusal(request: SignableRequest, { allowedHosts }: ExchangeContext): AwsFault | undefined {
  if (request.headers.length > mostHeaders) {
    return new AwsFault('RequestHeaderSectionTooLarge', `The request has more than ${mostHeaders} headers`);
  }
  const host = findHeader(request, 'host');
  if (!allowedHosts.has(host)) {
    const advice = 'name it with --allow-host if it is yours';
    return new AwsFault('UnknownHost', `This endpoint does not answer to the host '${host ?? ''}': ${advice}`, 403);
  }
  if (request.method !== 'GET' && request.method !== 'POST') {
    return new AwsFault('MethodNotAllowed', 'The method is neither GET nor POST', 405);
  }
  return undefined;
}

function composeRefusal(fault: AwsFault, { now, drawRequestId }: ExchangeContext): Answer {
  const requestId = drawRequestId();
  const body = writeFault(fault, { xmlns: faultNamespace, requestId });
  return { status: fault.status, contentType: 'text/xml', body, requestId, date: now() };
}

function sendAnswer(response: ServerResponse, { status, contentType, body, requestId, date }: Answer): void {
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
