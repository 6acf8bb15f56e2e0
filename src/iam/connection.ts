import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { IAMClient } from '@aws-sdk/client-iam';
import type { IAMClientConfig } from '@aws-sdk/client-iam';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import type { STSClientConfig } from '@aws-sdk/client-sts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { findRegion } from './region.ts';
import { ServerTime } from './server-time.ts';

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

/** What the clients are made with, in the AWS SDK's words, and what Keyturn adds. */
export interface ConnectConfig extends SharedClientConfig {
  /** Clients made elsewhere, used as they are: never reconfigured, never destroyed. */
  readonly clients?: { readonly iam?: IAMClient; readonly sts?: STSClient };
  /** Where a service is asked, where that is not {@link SharedClientConfig.endpoint}. */
  readonly endpoints?: {
    readonly iam?: string | undefined;
    readonly sts?: string | undefined;
    readonly cloudtrail?: string | undefined;
    readonly organizations?: string | undefined;
  };
  readonly logger?: Logger;
  readonly clock?: Clock;
}

/** The first argument of every call to AWS. */
export interface Connection {
  readonly iam: IAMClient;
  readonly sts: STSClient;
  /** CloudTrail in a Region: it keeps its events by Region. The client is loaded at the first use. */
  cloudtrail(Region: string): Promise<CloudTrailClient>;
  /** The client is loaded at the first use. */
  organizations(): Promise<OrganizationsClient>;
  readonly logger: Logger;
  readonly clock: Clock;
  /**
   * AWS's time, up to a second early: that of its newest answer and what has passed since; before the first answer, this
   * machine's. Clients made elsewhere tell nothing of it.
   */
  serverTime(): Date;
  /** Closes the sockets of the clients that {@link connect} made. */
  destroy(): void;
}

/**
 * A connection to IAM and STS, and where needed to CloudTrail and Organizations. Nothing is called and no credential is
 * looked up before the first use.
 *
 * @param config any configuration of the AWS SDK's clients (region, credentials, endpoint, requestHandler, …), for all.
 *   Without a region: AWS_REGION, AWS_DEFAULT_REGION, the profile's, else us-east-1.
 * @example
 * const aws = connect({ logger: console });
 * for (const key of await listAccessKeys(aws, { UserName: 'alice' })) console.log(key.AccessKeyId, key.Status);
 * aws.destroy();
 */
export function connect(config: ConnectConfig = {}): Connection {
  const { clients = {}, endpoints = {}, logger = {}, clock = systemClock, ...given } = config;
  let found: Promise<string> | undefined;
  const region = given.region ?? (() => (found ??= findRegion(process.env, given.profile)));
  const compose = (endpoint: string | undefined) => ({ ...given, region, ...(endpoint !== undefined && { endpoint }) });
  const time = new ServerTime(clock);
  const made: { destroy(): void }[] = [];
  const keep = <C extends Made>(client: C): C => {
    time.watch(client);
    made.push(client);
    return client;
  };
  let { sts } = clients;
  let organizations: Promise<OrganizationsClient> | undefined;
  const trails = new Map<string, Promise<CloudTrailClient>>();
  return {
    iam: clients.iam ?? keep(new IAMClient(compose(endpoints.iam))),
    // Most calls never need STS, and a command line pays for each client it makes.
    get sts() {
      return (sts ??= keep(new STSClient(compose(endpoints.sts))));
    },
    cloudtrail(Region) {
      const trail =
        trails.get(Region) ?? makeCloudTrail({ ...compose(endpoints.cloudtrail), region: Region }).then(keep);
      trails.set(Region, trail);
      return trail;
    },
    organizations: () => (organizations ??= makeOrganizations(compose(endpoints.organizations)).then(keep)),
    logger,
    clock,
    serverTime: () => time.now(),
    destroy() {
      for (const client of made) client.destroy();
    },
  };
}

type Made = Parameters<ServerTime['watch']>[0] & { destroy(): void };

async function makeCloudTrail(config: SharedClientConfig): Promise<CloudTrailClient> {
  const { CloudTrailClient } = await import('./cloudtrail-client.ts');
  return new CloudTrailClient(config);
}

async function makeOrganizations(config: SharedClientConfig): Promise<OrganizationsClient> {
  const { OrganizationsClient } = await import('./organizations-client.ts');
  return new OrganizationsClient(config);
}
