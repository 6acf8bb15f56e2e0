import { once } from 'node:events';
import type { Server } from 'node:http';
import * as net from 'node:net';
import { KeyturnError } from '../errors.ts';

const anyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/**
 * Makes a server listen and says where it can be reached from this machine.
 *
 * @param port 0 for any free one
 * @throws KeyturnError ERR_USAGE when the port is in use or may not be opened, or the host is not this machine's
 */
export async function listen(server: Server, host: string, port: number): Promise<{ url: string; port: number }> {
  try {
    const bound = bindAtOnce(host, port);
    if (bound === undefined) server.listen(port, host);
    else server.listen(bound);
    await once(server, 'listening');
  } catch (cause) {
    throw explain(cause, host, port);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port');
  const reachable = anyAddress[host] ?? host;
  const authority = reachable.includes(':') ? `[${reachable}]` : reachable;
  return { url: `http://${authority}:${address.port}`, port: address.port };
}

/**
 * An address that is bound already, where Node.js can do that (from 24.19). `listen(port, host)` looks first whether the
 * host is an IPv6 address, with a regular expression that takes V8 a twentieth of our start to compile.
 * Source: https://nodejs.org/docs/latest-v24.x/api/net.html#class-netboundsocket
 */
function bindAtOnce(host: string, port: number): net.BoundSocket | undefined {
  return 'BoundSocket' in net && net.isIPv4(host) ? new net.BoundSocket({ host, port }) : undefined;
}

function explain(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new KeyturnError('ERR_USAGE', `port ${port} of ${host} is in use`, {
        hint: 'choose another port, or port 0 for any free one',
        cause,
      });
    case 'EACCES':
      return new KeyturnError('ERR_USAGE', `port ${port} of ${host} may not be opened`, {
        hint: 'choose a port above 1023',
        cause,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new KeyturnError('ERR_USAGE', `${host} is not an address of this machine`, {
        hint: 'use 127.0.0.1, or 0.0.0.0 for all addresses',
        cause,
      });
    default:
      return cause;
  }
}
