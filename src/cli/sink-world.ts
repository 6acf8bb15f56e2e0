/** The world that sinks are in, from the command line's: its files, its terminal, keyturn.yaml and its way to AWS. */
import { homedir } from 'node:os';
import { describeFailure, describeMissingCredentials } from '../iam/failure.ts';
import type { ConnectConfig } from '../iam/index.ts';
import type { SinkAws } from '../sinks/aws.ts';
import type { SinkWorld } from '../sinks/open-sink.ts';
import type { AwsSettings } from './aws-settings.ts';
import { loadConfig } from './config/load-config.ts';
import type { Context } from './context.ts';

/**
 * @param openAws the way to AWS, taken when a sink first goes it
 * @throws {KeyturnError} of {@link loadConfig}
 */
export async function composeSinkWorld(context: Context, openAws: () => Promise<SinkAws>): Promise<SinkWorld> {
  const { env, printer, terminal } = context;
  const show = (text: string): void => {
    for (const line of text.trimEnd().split('\n')) printer.tell(line);
  };
  return {
    env,
    home: homedir(),
    show: terminal.interactive ? show : undefined,
    commands: (await loadConfig(context)).sinks,
    aws: {
      configure: async (service) => (await openAws()).configure(service),
      describeFailure: describeSinkFailure,
    },
  };
}

/**
 * The way of the sinks that are in AWS: region, proxy, certificates and signer are IAM's, the endpoint never is.
 *
 * @example
 * // Signed by somebody else from some time on:
 * const aws = { ...sinkAws, configure: async (service) => ({ ...(await sinkAws.configure(service)), credentials }) };
 */
export function composeSinkAws(
  { region, profile, sinkEndpoints }: AwsSettings,
  { requestHandler, credentials }: ConnectConfig,
): SinkAws {
  return {
    configure: (service) =>
      Promise.resolve({
        region,
        // Without an override the SDK must not look for one: it would find the one that is meant for IAM.
        ...(sinkEndpoints[service] === undefined
          ? { ignoreConfiguredEndpointUrls: true }
          : { endpoint: sinkEndpoints[service] }),
        ...(profile !== undefined && { profile }),
        ...(requestHandler !== undefined && { requestHandler }),
        ...(credentials !== undefined && { credentials }),
      }),
    describeFailure: describeSinkFailure,
  };
}

const describeSinkFailure: SinkAws['describeFailure'] = (error, signal) => {
  const isProvider = error instanceof Error && /^(Credentials|Token)ProviderError$/.test(error.name);
  return isProvider ? describeMissingCredentials(error) : describeFailure(error, signal);
};
