import { STSClient } from '@aws-sdk/client-sts';
import type { Secret } from '../secret.ts';
import type { Connection } from './connection.ts';

export interface AccessKeyPair {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
}

export type ProofClients = readonly [STSClient, ...STSClient[]];

/**
 * Clients that sign with the key under proof and go where the connection's own goes: one for each region, else one. They
 * share its sockets, so there is nothing to destroy.
 */
export function makeProofClients(
  aws: Connection,
  key: AccessKeyPair,
  regions: readonly string[] | undefined,
): ProofClients {
  const {
    region: ownRegion,
    endpoint,
    requestHandler,
    useFipsEndpoint,
    useDualstackEndpoint,
    profile,
    ignoreConfiguredEndpointUrls,
  } = aws.sts.config;
  const credentials = { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey.reveal() };
  const shared = {
    credentials,
    requestHandler,
    useFipsEndpoint,
    useDualstackEndpoint,
    ...(endpoint && { endpoint }),
    ...(profile && { profile }),
    ignoreConfiguredEndpointUrls,
  };
  const [first, ...others] = regions ?? [];
  return [
    new STSClient({ ...shared, region: first ?? ownRegion }),
    ...others.map((region) => new STSClient({ ...shared, region })),
  ];
}
