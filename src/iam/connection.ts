import { IAMClient } from '@aws-sdk/client-iam';
import type { IAMClientConfig } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import type { STSClientConfig } from '@aws-sdk/client-sts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { findRegion } from './region.ts';

/** Where the library tells what it did and what it could not do. `console` fits, and so does any common logger. */
export interface Logger {
  debug?(message: string): void;
  info?(message: string): void;
  warn?(message: string): void;
  error?(message: string): void;
}

type SharedClientConfig = Omit<IAMClientConfig & STSClientConfig, keyof ServiceSpecificConfig>;
type ServiceSpecificConfig = Pick<
  IAMClientConfig,
  'logger' | 'extensions' | 'endpointProvider' | 'httpAuthSchemes' | 'httpAuthSchemeProvider' | 'serviceId'
>;

/** What both clients are made with, in the AWS SDK's words, and what Keyturn adds. */
export interface ConnectConfig extends SharedClientConfig {
  /** Clients made elsewhere, used as they are: never reconfigured, never destroyed. */
  readonly clients?: { readonly iam?: IAMClient; readonly sts?: STSClient };
  readonly logger?: Logger;
  readonly clock?: Clock;
}

/** The first argument of every call to AWS. */
export interface Connection {
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Closes the sockets of the clients that {@link connect} made. */
  destroy(): void;
}

/**
 * A connection to IAM and STS. Nothing is called and no credential is looked up before the first use.
 *
 * @param config any configuration of the AWS SDK's clients (region, credentials, endpoint, requestHandler, …), for both.
 *   Without a region: AWS_REGION, AWS_DEFAULT_REGION, the profile's, else us-east-1.
 * @example
 * const aws = connect({ logger: console });
 * for (const key of await listAccessKeys(aws, { UserName: 'alice' })) console.log(key.AccessKeyId, key.Status);
 * aws.destroy();
 */
export function connect(config: ConnectConfig = {}): Connection {
  const { clients = {}, logger = {}, clock = systemClock, ...given } = config;
  let found: Promise<string> | undefined;
  const region = given.region ?? (() => (found ??= findRegion(process.env, given.profile)));
  const shared = { ...given, region };
  const iam = clients.iam ?? new IAMClient(shared);
  let sts = clients.sts;
  return {
    iam,
    // Most calls never need STS, and a command line pays for each client it makes.
    get sts() {
      return (sts ??= new STSClient(shared));
    },
    logger,
    clock,
    destroy() {
      if (iam !== clients.iam) iam.destroy();
      if (sts !== clients.sts) sts?.destroy();
    },
  };
}
