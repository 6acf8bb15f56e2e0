import { startEndpoint, type Endpoint, type EndpointOptions } from '../../../../src/endpoint/index.ts';
import type { KeyFacts, UserFacts } from '../../../../src/fleet/index.ts';
import { connect, type Clock, type ConnectConfig, type Connection } from '../../../../src/iam/index.ts';

export const account = '123456789012';

export interface ScannedEndpoint extends AsyncDisposable {
  readonly endpoint: Endpoint;
  readonly aws: Connection;
  /** Every request it answered, by action: what a scan says that it sent is held against this. */
  countRequests(): Record<string, number>;
  forgetRequests(): void;
  /** Lets the endpoint's time pass, and the signer's with it. */
  passTime(milliseconds: number): void;
}

/** An endpoint with a fleet, and a connection of its administrator, for whom waiting takes no time: the endpoint's goes on. */
export async function startScanned(seed: unknown, options: EndpointOptions & { readonly config?: ConnectConfig } = {}) {
  const { config, ...rest } = options;
  let counts = new Map<string, number>();
  const endpoint = await startEndpoint({
    accountId: account,
    seed,
    ...rest,
    log: (event) => {
      if (event.kind !== 'answered') return;
      const { action = '?' } = event.request;
      counts.set(action, (counts.get(action) ?? 0) + 1);
    },
  });
  let passed = 0;
  const clock: Clock = {
    now: () => new Date(Date.now() + passed),
    wait: async (milliseconds, signal) => {
      await Promise.resolve();
      signal?.throwIfAborted();
      passed += milliseconds;
      endpoint.advanceClock(milliseconds);
    },
  };
  const aws = connectTo(endpoint, { clock, ...config });
  const scanned: ScannedEndpoint = {
    endpoint,
    aws,
    countRequests: () => Object.fromEntries(counts),
    forgetRequests: () => {
      counts = new Map();
    },
    passTime: (milliseconds) => {
      passed += milliseconds;
      endpoint.advanceClock(milliseconds);
      for (const { config: client } of [aws.iam, aws.sts]) client.systemClockOffset += milliseconds;
    },
    async [Symbol.asyncDispose]() {
      aws.destroy();
      await endpoint.close();
    },
  };
  return scanned;
}

export function connectTo({ url, administrator }: Endpoint, config: ConnectConfig = {}): Connection {
  const { accessKeyId, secretAccessKey } = administrator;
  if (secretAccessKey === undefined) throw new Error('the administrator has no secret');
  const credentials = { accessKeyId, secretAccessKey: secretAccessKey.reveal() };
  return connect({ endpoint: url, region: 'us-east-1', credentials, ...config });
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export function findUser(users: readonly UserFacts[], name: string): UserFacts {
  const user = users.find(({ UserName }) => UserName === name);
  if (user === undefined) throw new Error(`there is no ${name} among ${users.map((one) => one.UserName).join()}`);
  return user;
}

/** @throws Error where the keys are unknown */
export function keysOf(user: UserFacts): readonly KeyFacts[] {
  if ('Kind' in user.AccessKeys) throw new Error(user.AccessKeys.Reason);
  return user.AccessKeys;
}

/** Users with a key each. */
export function makeUsers(count: number, keys: readonly object[] = [{ CreateDate: '400d' }]): object[] {
  return Array.from({ length: count }, (_, index) => ({
    UserName: `user-${String(index).padStart(4, '0')}`,
    CreateDate: '500d',
    AccessKeys: keys,
  }));
}
