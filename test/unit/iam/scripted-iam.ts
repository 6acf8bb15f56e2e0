import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect } from '../../../src/iam/index.ts';
import type { Clock, ConnectConfig, Connection } from '../../../src/iam/index.ts';

export const accessKeyId = 'AKIARZPUZDIKAAAAAAAA';
export const secretAccessKey = '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';
export const sessionToken = 'FwoGZXIvsessiontokenNOBODYmaySEE';

export interface Received {
  readonly action: string;
  readonly parameters: URLSearchParams;
  readonly request: IncomingMessage;
  readonly body: string;
}

/** What the endpoint does with one request. */
export type Reply = (response: ServerResponse, received: Received) => void;

export interface ScriptedIam extends AsyncDisposable {
  readonly url: string;
  /** The actions asked for, in order. */
  readonly actions: readonly string[];
  readonly received: readonly Received[];
  connect(config?: ConnectConfig): Connection;
}

/**
 * An endpoint that answers what a test says, also what IAM never says: for each action its replies in turn, the last one
 * for good. It checks no signature.
 */
export async function startScriptedIam(script: Record<string, Reply | readonly Reply[]>): Promise<ScriptedIam> {
  const received: Received[] = [];
  const counts = new Map<string, number>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const parameters = new URLSearchParams(body);
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const action = parameters.get('Action') ?? target ?? '';
    const one = { action, parameters, request, body };
    received.push(one);
    const replies = [script[action] ?? refuse('InvalidAction', 400)].flat();
    const count = counts.get(action) ?? 0;
    counts.set(action, count + 1);
    replies[Math.min(count, replies.length - 1)]?.(response, one);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connections: Connection[] = [];
  return {
    url,
    received,
    get actions() {
      return received.map(({ action }) => action);
    },
    connect(config = {}) {
      const aws = connect({
        endpoint: url,
        region: 'us-east-1',
        credentials: { accessKeyId, secretAccessKey },
        clock: new HurriedClock(),
        ...config,
      });
      connections.push(aws);
      return aws;
    },
    async [Symbol.asyncDispose]() {
      for (const aws of connections) aws.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A clock on which waiting takes no time and is remembered. */
export class HurriedClock implements Clock {
  readonly waits: number[] = [];
  #now = Date.parse('2026-11-23T12:00:00Z');

  now(): Date {
    return new Date(this.#now);
  }

  async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await Promise.resolve();
    signal?.throwIfAborted();
    this.waits.push(milliseconds);
    this.#now += milliseconds;
  }
}

export function answer(result: string): Reply {
  return (response, { action }) => {
    const inside = result === '' ? '' : `<${action}Result>${result}</${action}Result>`;
    send(response, 200, `<${action}Response>${inside}${metadata}</${action}Response>`);
  };
}

export function refuse(code: string, status: number, message = 'no'): Reply {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return (response) => {
    send(response, status, `<ErrorResponse>${error}<RequestId>from-the-body</RequestId></ErrorResponse>`);
  };
}

/** An answer of a service that is asked in JSON; a refusal has a `__type`. */
export function answerJson(value: unknown, status = 200): Reply {
  return say(status, 'application/x-amz-json-1.1', JSON.stringify(value));
}

export function say(status: number, contentType: string, body: string): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': contentType }).end(body);
  };
}

export const hangUp: Reply = (response) => {
  response.socket?.destroy();
};

export const stayAway: Reply = () => undefined;

export const caller = (Arn: string): Reply =>
  answer(`<UserId>AIDA000000000000EXAMPLE</UserId><Account>123456789012</Account><Arn>${Arn}</Arn>`);

export function keyXml(AccessKeyId: string, Status = 'Active', UserName = 'alice'): string {
  const CreateDate = '2026-01-02T03:04:05Z';
  return `<member>${Object.entries({ UserName, AccessKeyId, Status, CreateDate }).map(tag).join('')}</member>`;
}

export function listOf(...keys: string[]): Reply {
  return answer(`<IsTruncated>false</IsTruncated><AccessKeyMetadata>${keys.join('')}</AccessKeyMetadata>`);
}

export function created(AccessKeyId: string, UserName = 'alice'): Reply {
  const key = {
    UserName,
    AccessKeyId,
    Status: 'Active',
    SecretAccessKey: newSecret,
    CreateDate: '2026-11-23T12:00:00Z',
  };
  return answer(`<AccessKey>${Object.entries(key).map(tag).join('')}</AccessKey>`);
}

export const newSecret = 'NewSecretNOBODYmaySEEthisONEeither000000';

const metadata = '<ResponseMetadata><RequestId>from-the-body</RequestId></ResponseMetadata>';

function tag([name, value]: [string, string]): string {
  return `<${name}>${value}</${name}>`;
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': 'request-1' }).end(body);
}
