import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mostHeaders, serveExchange, type ExchangeContext } from './exchange.ts';

/** Bytes; far above what any client of IAM sends. */
const maxHeaderSize = 64 * 1024;

/** How long a client may take, in milliseconds. */
export interface Patience {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  /** Between one request and the next. */
  readonly keepAliveTimeout: number;
  /** Without a byte in either direction. */
  readonly silence: number;
  /** Until the last answers are read, when the server closes. */
  readonly drain: number;
  /** Between one look at the first two and the next. */
  readonly connectionsCheckingInterval: number;
}

export const patience: Patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  silence: 120_000,
  drain: 5_000,
  connectionsCheckingInterval: 1_000,
};

export interface ServerContext extends ExchangeContext {
  readonly patience: Patience;
}

export interface EndpointServer {
  /** Not listening yet. */
  readonly http: Server;
  /** Lets the requests under way end, for a few seconds at most, and closes every connection. */
  close(): Promise<void>;
}

/** HTTP around the answers. What breaks HTTP itself is refused by Node.js, with a 4xx and an ended connection. */
export function createEndpointServer(context: ServerContext): EndpointServer {
  const underWay = new Set<ServerResponse>();
  const http = createServer({ maxHeaderSize, ...context.patience });
  const accept = (request: IncomingMessage, response: ServerResponse, asksFirst: boolean) => {
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      if (!http.listening && underWay.size === 0) http.closeAllConnections();
    });
    serveExchange({ request, response, asksFirst, draining: () => !http.listening }, context);
  };
  http.maxHeadersCount = mostHeaders + 1;
  http.setTimeout(context.patience.silence);
  http.on('request', (request, response) => {
    accept(request, response, false);
  });
  http.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    accept(request, response, true);
  });
  return { http, close: () => close(http, underWay, context.patience) };
}

async function close(http: Server, underWay: ReadonlySet<ServerResponse>, { drain }: Patience): Promise<void> {
  const closed = once(http, 'close');
  http.close();
  if (underWay.size === 0) http.closeAllConnections();
  const timer = setTimeout(() => {
    http.closeAllConnections();
  }, drain);
  await closed;
  clearTimeout(timer);
}
