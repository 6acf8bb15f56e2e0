/**
 * An IAM and STS endpoint in this process, for test suites and demos: `keyturn/endpoint`.
 *
 * Here its parts meet: the clock, randomness, the data, the answers, the server.
 */

import { randomBytes, randomUUID } from 'node:crypto';
import { Secret } from '../secret.ts';
import type { Administrator } from './administrator.ts';
import { AnswerQueue } from './answer-queue.ts';
import { AllowedHosts } from './allowed-hosts.ts';
import type { AnsweredRequest } from './answered-requests.ts';
import { answerControl, controlPath } from './control.ts';
import type { SessionCredentials } from './directory/records.ts';
import { Engine } from './engine.ts';
import { issueRootKey, issueSession, type SessionRequest } from './issue.ts';
import { listen } from './listen.ts';
import { readSettings, type EndpointOptions, type KeyPair, type Settings } from './options.ts';
import type { Planted } from './seed/plant.ts';
import { createEndpointServer, patience, type EndpointServer } from './server.ts';

export type { Administrator } from './administrator.ts';
export type { AnsweredRequest } from './answered-requests.ts';
export type { SessionCredentials } from './directory/records.ts';
export type { EndpointEvent } from './event.ts';
export type { SessionRequest } from './issue.ts';
export type { EndpointOptions, KeyPair } from './options.ts';
export type { Planted } from './seed/plant.ts';
export { seedFolder, type SeededFolder, type SeedFolderOptions } from './seed-folder.ts';
export { connectControl, type Control } from './control-client.ts';
export { KeyturnError } from '../errors.ts';
export { Secret } from '../secret.ts';

/** An endpoint that listens. */
export interface Endpoint {
  readonly url: string;
  readonly port: number;
  readonly accountId: string;
  readonly administrator: Administrator;
  /** Where the control API is open. */
  readonly controlToken?: Secret;
  /** The variables with which an AWS client in another process calls this endpoint, as its administrator if known. */
  environment(): Record<string, string>;
  /** A temporary credential of a user, a role or root, for rehearsing such callers. */
  issueSession(request: SessionRequest): SessionCredentials;
  /**
   * A long-term key of a root user, for rehearsing such a caller.
   *
   * @param accountId the first account when absent
   * @throws KeyturnError ERR_QUOTA
   */
  issueRootKey(accountId?: string): KeyPair;
  /** What the seed of the options became; absent where there was data already. */
  readonly planted?: Planted;
  /**
   * Writes more accounts, users, keys and an organization, all or nothing: docs/endpoint.md, "Seeds".
   *
   * @throws KeyturnError ERR_USAGE for what cannot be meant, or is there already
   */
  plant(seed: unknown): Planted;
  /**
   * Lets things go wrong on purpose; `{}` ends it: docs/endpoint.md, "Rehearsals".
   *
   * @throws KeyturnError ERR_USAGE for what cannot be meant
   */
  rehearse(rehearsal: unknown): void;
  /** Back to what the first start made, without its seed, and to the real time; nothing goes wrong any more. */
  reset(): void;
  setClock(now: Date): void;
  /** @param milliseconds added to the endpoint's time */
  advanceClock(milliseconds: number): void;
  /** The latest requests, oldest first. @param limit at most so many */
  requests(limit?: number): readonly AnsweredRequest[];
  /** Lets the requests under way end, closes the data folder. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts an endpoint.
 *
 * @throws KeyturnError ERR_USAGE for options that cannot be carried out, such as a port in use; ERR_FILE for a data
 * folder that cannot be used
 * @example
 * await using endpoint = await startEndpoint();
 * const iam = new IAMClient({ endpoint: endpoint.url, region: 'us-east-1', credentials });
 */
export async function startEndpoint(options: EndpointOptions = {}): Promise<Endpoint> {
  const settings = readSettings(options);
  const controlToken = drawControlToken(settings);
  const engine = new Engine(settings, { random: randomBytes, drawRequestId: randomUUID });
  const queue = new AnswerQueue((requests) => engine.answerTogether(requests));
  const server = createEndpointServer({
    allowedHosts: new AllowedHosts([settings.host, ...settings.allowHosts]),
    now: () => engine.now(),
    drawRequestId: randomUUID,
    patience,
    answer: (request, deliver) => {
      if (controlToken !== undefined && request.path.startsWith(controlPath)) {
        deliver(answerControl(request, controlToken, engine));
      } else queue.add(request, deliver);
    },
  });
  try {
    const address = await listen(server.http, settings.host, settings.port);
    // such as too many open files: the connections that are there go on
    server.http.on('error', (cause) => {
      engine.log({ kind: 'failed', requestId: undefined, cause });
    });
    return composeEndpoint(engine, server, { ...address, ...(controlToken && { controlToken }) });
  } catch (error) {
    engine.close();
    throw error;
  }
}

function composeEndpoint(
  engine: Engine,
  server: EndpointServer,
  address: Pick<Endpoint, 'url' | 'port' | 'controlToken'>,
): Endpoint {
  let closing: Promise<void> | undefined;
  const close = () =>
    (closing ??= server.close().finally(() => {
      engine.close();
    }));
  return {
    ...address,
    accountId: engine.accountId,
    administrator: engine.administrator,
    environment: () => composeEnvironment(address.url, engine.administrator),
    issueSession: (request) => issueSession(engine, request),
    issueRootKey: (accountId) => issueRootKey(engine, accountId),
    ...(engine.planted && { planted: engine.planted }),
    plant: (seed) => engine.plant(seed),
    rehearse: (rehearsal) => {
      engine.rehearse(rehearsal);
    },
    reset: () => {
      engine.reset();
    },
    setClock: (now) => {
      engine.clock.set(now);
    },
    advanceClock: (milliseconds) => {
      engine.clock.advance(milliseconds);
    },
    requests: (limit) => engine.answered.list(limit),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function drawControlToken({ control }: Settings): Secret | undefined {
  if (control === false) return undefined;
  return new Secret(control === true ? randomBytes(24).toString('base64url') : control.token);
}

function composeEnvironment(url: string, { accessKeyId, secretAccessKey }: Administrator): Record<string, string> {
  const region = 'us-east-1';
  return {
    AWS_ENDPOINT_URL_IAM: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_ENDPOINT_URL_ORGANIZATIONS: url,
    AWS_ENDPOINT_URL_CLOUDTRAIL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...(secretAccessKey && { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey.reveal() }),
  };
}
