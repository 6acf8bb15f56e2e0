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
  const http = createServer({ maxHeaderSize, ...context.patience });
  const draining = () => !http.listening;
  let underWay = 0;
  const leave = () => {
    underWay--;
    if (draining() && underWay === 0) http.closeAllConnections();
  };
  const accept = (request: IncomingMessage, response: ServerResponse, asksFirst: boolean) => {
    underWay++;
    response.on('close', leave);
    serveExchange({ request, response, asksFirst, draining }, context);
  };
  http.maxHeadersCount = mostHeaders + 1;
  http.setTimeout(context.patience.silence);
  http.on('request', (request, response) => {
    accept(request, response, false);
  });
  http.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    accept(request, response, true);
  });
  return {
    http,
    close: async () => {
      const closed = once(http, 'close');
      http.close();
      if (underWay === 0) http.closeAllConnections();
      const timer = setTimeout(() => {
        http.closeAllConnections();
      }, context.patience.drain);
      await closed;
      clearTimeout(timer);
    },
  };
}
