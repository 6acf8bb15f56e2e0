import { IAMClient } from '@aws-sdk/client-iam';
import type { IAMClientConfig } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import type { Connection } from './connection.ts';

/** Where an SDK's client takes its credentials from, asked again when they end. */
export type CredentialsProvider = Exclude<NonNullable<IAMClientConfig['credentials']>, { accessKeyId: string }>;

/**
 * A connection like another one, over the same sockets, whose calls to IAM and STS are signed by other credentials and sent
 * once: who made it counts each request and decides itself what is asked again. There is nothing to destroy.
 *
 * @param credentials those of the other connection when absent
 */
export function connectAs(aws: Connection, credentials?: CredentialsProvider): Connection {
  const iam = new IAMClient(composeConfig(aws.iam, credentials));
  let sts: STSClient | undefined;
  // All else is the other connection's, its clients unmade where nobody has used them.
  return Object.create(aws, {
    iam: { value: iam },
    sts: { get: () => (sts ??= new STSClient(composeConfig(aws.sts, credentials))) },
    destroy: { value: () => undefined },
  }) as Connection;
}

function composeConfig({ config }: IAMClient | STSClient, credentials: CredentialsProvider | undefined) {
  const { endpoint, profile } = config;
  return {
    region: config.region,
    requestHandler: config.requestHandler,
    useFipsEndpoint: config.useFipsEndpoint,
    useDualstackEndpoint: config.useDualstackEndpoint,
    ignoreConfiguredEndpointUrls: config.ignoreConfiguredEndpointUrls,
    systemClockOffset: config.systemClockOffset,
    credentials: credentials ?? config.credentials,
    maxAttempts: 1,
    ...(endpoint && { endpoint }),
    ...(profile && { profile }),
  };
}
