/** What the sinks in AWS are given by whoever opens them, and how they call. */
import type { SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import type { SSMClientConfig } from '@aws-sdk/client-ssm';

import { KeyturnError } from '../errors.ts';

export type SinkService = 'secretsmanager' | 'ssm';

/** Of the configuration of either client, what both have. */
export type SinkClientConfig = Pick<
  SecretsManagerClientConfig & SSMClientConfig,
  'credentials' | 'endpoint' | 'ignoreConfiguredEndpointUrls' | 'profile' | 'region' | 'requestHandler'
>;

export interface SinkAws {
  /**
   * How a client of the service is made. Asked for anew at each operation: who signs may change in the course of a
   * rotation, from the key that is replaced to the one that replaces it.
   */
  configure(service: SinkService): Promise<SinkClientConfig>;
  /** What a call threw as an error of ours, which shows no secret. */
  describeFailure(error: unknown, signal: AbortSignal | undefined): KeyturnError;
}

interface Client {
  destroy(): void;
}

/** One operation of a sink: a client for as long as it takes. */
export async function withClient<C extends Client, T>(
  open: (config: SinkClientConfig) => C,
  { aws, service, arn }: { aws: SinkAws; service: SinkService; arn: string },
  work: (client: C) => Promise<T>,
): Promise<T> {
  const config = await aws.configure(service);
  const region = regionOf(arn);
  const client = open(region === undefined ? config : { ...config, region });
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}

/** A name may be an ARN, and then says itself where it is. */
function regionOf(name: string): string | undefined {
  return /^arn:[\w-]+:[\w-]+:([a-z0-9-]+):/.exec(name)?.[1];
}

/** AWS's own code of a failed call. */
export function awsCodeOf(error: unknown): string | undefined {
  return error instanceof KeyturnError && 'awsCode' in error ? (error.awsCode as string | undefined) : undefined;
}

/** Failures after which the change may have been made all the same. */
const doubtful = ['ERR_NETWORK', 'ERR_SERVICE', 'ERR_NOT_IAM', 'ERR_INTERRUPTED', 'ERR_AWS'];

/**
 * Makes a change, and looks when that fails: an answer may have got lost, and the SDK's second attempt been refused because
 * of the first.
 *
 * @param isDone whether the place is as it should be
 * @throws KeyturnError the failure, or ERR_UNKNOWN_OUTCOME where the change may have been made, and cannot be looked for
 */
export async function changeSurely(
  name: string,
  change: () => Promise<void>,
  isDone: () => Promise<boolean>,
): Promise<void> {
  try {
    await change();
  } catch (failure) {
    if (!(failure instanceof KeyturnError) || !doubtful.includes(failure.code)) throw failure;
    let done: boolean;
    try {
      done = await isDone();
    } catch {
      throw new KeyturnError('ERR_UNKNOWN_OUTCOME', `whether ${name} was changed is not known: ${failure.message}`, {
        hint: 'ask for it again: what was done is not done twice',
        cause: failure,
      });
    }
    if (!done) throw failure;
  }
}
