import { createServer, request, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

export interface SeenRequest {
  readonly form: URLSearchParams;
  readonly headers: NodeJS.Dict<string | string[]>;
}

export interface TinyAws {
  readonly url: string;
  readonly seen: SeenRequest[];
}

const answers: Readonly<Record<string, string>> = {
  GetCallerIdentity:
    '<Arn>arn:aws:iam::123456789012:user/tiny</Arn><UserId>AIDATINY</UserId><Account>123456789012</Account>',
  ListAccessKeys: '<AccessKeyMetadata></AccessKeyMetadata><IsTruncated>false</IsTruncated>',
  AssumeRole:
    '<Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey>' +
    '<SessionToken>role-token</SessionToken><Expiration>2126-01-01T00:00:00Z</Expiration></Credentials>',
};

/** A server that answers a few actions as AWS does, to anyone, and remembers what it was asked. */
export async function startTinyAws(tls?: { key: string; cert: string }): Promise<TinyAws> {
  const seen: SeenRequest[] = [];
  const listener: RequestListener = (incoming, response) => {
    let body = '';
    incoming.on('data', (chunk) => (body += String(chunk)));
    incoming.on('end', () => {
      const form = new URLSearchParams(body);
      const action = form.get('Action') ?? '';
      seen.push({ form, headers: incoming.headers });
      response.setHeader('content-type', 'text/xml');
      response.end(
        `<${action}Response><${action}Result>${answers[action] ?? ''}</${action}Result>` +
          `<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`,
      );
    });
  };
  const port = await listen(tls === undefined ? createServer(listener) : createTlsServer(tls, listener));
  return { url: `${tls === undefined ? 'http' : 'https'}://localhost:${port}`, seen };
}

/** A proxy for plain requests and for CONNECT tunnels, which remembers who was asked for. */
export async function startProxy(): Promise<{ url: string; passed: string[] }> {
  const passed: string[] = [];
  const server = createServer((incoming, response) => {
    passed.push(`${incoming.method ?? ''} ${incoming.url ?? ''} ${String(incoming.headers['proxy-authorization'])}`);
    const options = { method: incoming.method, headers: incoming.headers };
    incoming.pipe(
      request(incoming.url ?? '', options, (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 500))),
    );
  });
  server.on('connect', (incoming, socket) => {
    passed.push(`CONNECT ${incoming.url ?? ''}`);
    const target = new URL(`http://${incoming.url ?? ''}`);
    const tunnel = connect(Number(target.port), target.hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    for (const end of [tunnel, socket]) end.on('error', () => tunnel.destroy());
  });
  return { url: `http://localhost:${await listen(server)}`, passed };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}
