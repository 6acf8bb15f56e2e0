/** HTTP around the answers: what is bounded, what is timed out, and who is not served at all. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AwsFault } from '../protocol/fault.ts';
import { writeFault } from '../protocol/xml.ts';
import { findHeader, type SignableRequest } from '../sigv4/request.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { faultNamespace, type Answer } from './answer.ts';
import { readBody } from './read-body.ts';

/** Far above what any client of IAM sends: a header section, a number of headers, a body (AWS's own limit is near). */
const maxHeaderSize = 64 * 1024;
const mostHeaders = 100;
const longestBody = 1024 * 1024;

/** Milliseconds: for the headers, for the whole request, for a connection without a request, and between looks. */
const timeouts = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 } as const;
const connectionsCheckingInterval = 1_000;
const silenceTimeout = 120_000;
const drainTimeout = 5_000;

export interface ServerContext {
  readonly allowedHosts: AllowedHosts;
  /** Answers a request of good size for one of our hosts; does not throw. */
  readonly answer: (request: SignableRequest) => Answer;
  readonly now: () => Date;
  readonly drawRequestId: () => string;
}

/** An HTTP server, not yet listening. What breaks HTTP itself is refused by Node.js, with a 4xx and an ended connection. */
export function createEndpointServer(context: ServerContext): Server {
  const server = createServer({ maxHeaderSize, connectionsCheckingInterval, ...timeouts }, (request, response) => {
    serve(request, response, context, server);
  });
  server.maxHeadersCount = mostHeaders + 1;
  server.setTimeout(silenceTimeout);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (Number(request.headers['content-length']) <= longestBody) response.writeContinue();
    serve(request, response, context, server);
  });
  return server;
}

function serve(incoming: IncomingMessage, response: ServerResponse, context: ServerContext, server: Server): void {
  const request = toSignableRequest(incoming);
  const send = (answer: Answer) => {
    if (!server.listening) response.shouldKeepAlive = false;
    sendAnswer(response, answer);
  };
  const refusal = findRefusal(request, context);
  if (refusal !== undefined) {
    response.shouldKeepAlive = false;
    send(composeRefusal(refusal, context));
    return;
  }
  readBody(incoming, longestBody, (body) => {
    if (body === 'endless') response.shouldKeepAlive = false;
    send(typeof body === 'string' ? composeRefusal(bodyTooLong, context) : context.answer({ ...request, body }));
  });
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

const noBody = new Uint8Array();

const bodyTooLong = new AwsFault('RequestEntityTooLarge', `The body is longer than ${longestBody} bytes`);

/** What is wrong with a request before its body is looked at. The words are ours: AWS never gets to see such requests. */
function findRefusal(request: SignableRequest, { allowedHosts }: ServerContext): AwsFault | undefined {
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

function composeRefusal(fault: AwsFault, { now, drawRequestId }: ServerContext): Answer {
  const requestId = drawRequestId();
  const body = writeFault(fault, { xmlns: faultNamespace, requestId });
  return { status: fault.status, contentType: 'text/xml', body, requestId, date: now() };
}

function sendAnswer(response: ServerResponse, { status, contentType, body, requestId, date }: Answer): void {
  response.writeHead(status, [
    'x-amzn-RequestId',
    requestId,
    'Content-Type',
    contentType,
    'Content-Length',
    String(Buffer.byteLength(body)),
    'Date',
    date.toUTCString(),
  ]);
  response.end(body);
}

/** Lets the requests under way end, within a few seconds, and closes every connection. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, drainTimeout);
  await closed;
  clearTimeout(timer);
}
