import { homedir } from 'node:os';
import { connect, type Connection, type Logger } from '../iam/index.ts';
import type { Secret } from '../secret.ts';
import { composeConnectConfig, loadSettings, type AwsSettings } from './aws-settings.ts';
import type { Context } from './context.ts';
import type { Printer } from './output/printer.ts';

/** The way to AWS of one command. */
export interface AwsDoor {
  readonly connection: Connection;
  /** Where the calls go, for plans and messages. */
  readonly endpoint: string;
  /** The same way, signed by another key. */
  readonly connectAs: (pair: KeyPair) => Connection;
}

/** A key pair, as {@link AwsDoor.connectAs} needs it. */
interface KeyPair {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
}

/**
 * Settles who signs and where the calls go, by the rules of docs/contract.md, and says what the person should know of it.
 * Nothing is called yet.
 *
 * @throws {KeyturnError} `ERR_USAGE` or `ERR_FILE` for settings that cannot be carried out
 */
export async function connectToAws({ env, now, options, printer, terminal }: Context): Promise<AwsDoor> {
  const settings = await loadSettings({ flags: options, env, home: homedir() });
  for (const notice of settings.notices) printer.tell(notice);
  const askMfaCode = (serial: string): Promise<string> => terminal.ask(`code of the MFA device ${serial}`);
  const config = await composeConnectConfig(settings, { now, ...(terminal.interactive && { askMfaCode }) });
  const logged = { ...config, ...(options.debug && { logger: composeLogger(printer) }) };
  const connection = connect(logged);
  return {
    connection,
    endpoint: await describeEndpoint(connection, settings),
    connectAs: ({ AccessKeyId, SecretAccessKey }) =>
      connect({ ...logged, credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey.reveal() } }),
  };
}

/** With `--debug`, what the library has to say is shown as it comes. */
function composeLogger({ tell }: Printer): Logger {
  const log = (message: string): void => {
    tell(`debug: ${message}`);
  };
  return { debug: log, info: log, warn: log, error: log };
}

async function describeEndpoint({ iam }: Connection, { region, endpoints }: AwsSettings): Promise<string> {
  if (endpoints.iam !== endpoints.sts) return `${endpoints.iam} (IAM), ${endpoints.sts} (STS)`;
  if (endpoints.iam !== undefined) return endpoints.iam;
  const [UseFIPS, UseDualStack] = await Promise.all([iam.config.useFipsEndpoint(), iam.config.useDualstackEndpoint()]);
  return iam.config.endpointProvider({ Region: region, UseFIPS, UseDualStack }).url.origin;
}
