import { homedir } from 'node:os';
import { connect, getSessionToken, type Connection, type Logger } from '../iam/index.ts';
import type { Secret } from '../secret.ts';
import type { SinkAws } from '../sinks/aws.ts';
import { composeConnectConfig, loadSettings, type AwsSettings } from './aws-settings.ts';
import type { Context } from './context.ts';
import type { Printer } from './output/printer.ts';
import { composeSinkAws } from './sink-world.ts';

/** The way to AWS of one command. */
export interface AwsDoor {
  readonly connection: Connection;
  /** Where the calls go, for plans and messages. */
  readonly endpoint: string;
  /** The way to the sinks that are in AWS, signed for as the calls to IAM are. */
  readonly sinkAws: SinkAws;
  /** The same way, signed by another key. */
  readonly connectAs: (pair: KeyPair) => Connection;
  /** The MFA device that the profile names beside a key of its own. */
  readonly mfaSerial: string | undefined;
}

/** A key pair, as {@link AwsDoor.connectAs} needs it. */
interface KeyPair {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: Secret;
  readonly SessionToken?: Secret | undefined;
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
    sinkAws: composeSinkAws(settings, config),
    connectAs: (pair) => connect({ ...logged, credentials: revealPair(pair) }),
    mfaSerial: settings.mfaSerial,
  };
}

function revealPair({ AccessKeyId, SecretAccessKey, SessionToken }: KeyPair) {
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey.reveal(),
    ...(SessionToken !== undefined && { sessionToken: SessionToken.reveal() }),
  };
}

/**
 * The same way, signed by one session for everything that follows, where the profile names an MFA device and there is
 * somebody to ask for its code: once.
 */
export async function signWithMfa({ terminal, interruption }: Context, door: AwsDoor): Promise<AwsDoor> {
  const { mfaSerial: SerialNumber, connection } = door;
  if (SerialNumber === undefined || !terminal.interactive) return door;
  const TokenCode = (await terminal.ask(`code of the MFA device ${SerialNumber}`)).trim();
  const session = await getSessionToken(connection, { SerialNumber, TokenCode, signal: interruption.signal });
  return { ...door, connection: door.connectAs(session) };
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
