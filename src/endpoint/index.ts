/**
 * An IAM and STS endpoint in this process, for test suites and demos: `keyturn/endpoint`.
 *
 * Here its parts meet: the clock, randomness, the data, the answers, the server.
 */

import { randomBytes, randomUUID } from 'node:crypto';
import { Secret } from '../secret.ts';
import { establish, type Administrator } from './administrator.ts';
import { AllowedHosts } from './allowed-hosts.ts';
import { answerRequest, type AnswerContext } from './answer.ts';
import { AnsweredRequests, type AnsweredRequest } from './answered-requests.ts';
import { answerControl, controlPath, type Controls } from './control.ts';
import { openDirectory, type Directory } from './directory/directory.ts';
import type { SessionCredentials } from './directory/records.ts';
import { issueRootKey, issueSession, type SessionRequest } from './issue.ts';
import { listen } from './listen.ts';
import { MovableClock } from './movable-clock.ts';
import { readSettings, type EndpointOptions, type KeyPair, type Settings } from './options.ts';
import { closeServer, createEndpointServer } from './server.ts';
import { SigningKeys } from './signing-keys.ts';

export type { Administrator } from './administrator.ts';
export type { AnsweredRequest } from './answered-requests.ts';
export type { SessionCredentials } from './directory/records.ts';
export type { EndpointEvent } from './event.ts';
export type { SessionRequest } from './issue.ts';
export type { EndpointOptions, KeyPair } from './options.ts';
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
  /** A long-term key of the root user, for rehearsing such a caller. @throws KeyturnError ERR_QUOTA */
  issueRootKey(): KeyPair;
  /** Back to what the first start made, and to the real time. */
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

/** Milliseconds for which the death of the process may cost last uses. */
const flushInterval = 500;
const keptRequests = 1_000;
const keptSigningKeys = 10_000;

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
  const signingKeys = new SigningKeys(keptSigningKeys);
  const directory = openDirectory({
    folder: settings.data,
    lastUsedGranularity: settings.lastUsedGranularity,
    random: randomBytes,
    onAccessKeyChange: (AccessKeyId) => {
      signingKeys.drop(AccessKeyId);
    },
  });
  try {
    return await serve(directory, signingKeys, settings);
  } catch (error) {
    directory.close();
    throw error;
  }
}

async function serve(directory: Directory, signingKeys: SigningKeys, settings: Settings): Promise<Endpoint> {
  const { authorization, log } = settings;
  const clock = new MovableClock(settings.now);
  const answered = new AnsweredRequests(keptRequests);
  const { accountId, administrator } = establish(directory, settings, clock.now());
  const shared = { now: () => clock.now(), drawRequestId: () => randomUUID(), log };
  const operations = {
    reset: () => {
      directory.reset();
      signingKeys.clear();
      clock.reset();
      answered.clear();
    },
    setClock: (now: Date) => {
      clock.set(now);
    },
    advanceClock: (milliseconds: number) => {
      clock.advance(milliseconds);
    },
    requests: (limit?: number) => answered.list(limit),
  };
  const context: AnswerContext = {
    ...shared,
    directory,
    signingKeys,
    authorization,
    onAnswered: (request) => {
      answered.add(request);
      log({ kind: 'answered', request });
    },
  };
  const controlToken = drawControlToken(settings);
  const controls: Controls | undefined = controlToken && { ...shared, ...operations, token: controlToken };
  const server = createEndpointServer({
    ...shared,
    allowedHosts: new AllowedHosts([settings.host, ...settings.allowHosts]),
    answer: (request) =>
      controls !== undefined && request.path.startsWith(controlPath)
        ? answerControl(request, controls)
        : answerRequest(request, context),
  });
  const { url, port } = await listen(server, settings.host, settings.port);
  const flushing = setInterval(() => {
    flush(directory, settings);
  }, flushInterval).unref();
  const issuer = { directory, accountId, now: shared.now };
  let closing: Promise<void> | undefined;
  const close = () =>
    (closing ??= closeServer(server).then(() => {
      clearInterval(flushing);
      directory.close();
    }));
  return {
    url,
    port,
    accountId,
    administrator,
    ...(controlToken && { controlToken }),
    environment: () => composeEnvironment(url, administrator),
    issueSession: (request) => issueSession(issuer, request),
    issueRootKey: () => issueRootKey(issuer),
    ...operations,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function flush(directory: Directory, { log }: Settings): void {
  try {
    directory.lastUses.flush();
  } catch (cause) {
    log({ kind: 'not-written', cause });
  }
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
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...(secretAccessKey && { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey.reveal() }),
  };
}
