import { requireOwnAnswer } from './answer.ts';
import type { Command } from './command.ts';
import { describeFailure, describeMissingCredentials } from './failure.ts';
import { requireNotInterrupted, waitUntilInterrupted } from './interruption.ts';

/** A client of the SDK, as far as sending through it is concerned. */
interface Client {
  readonly config: { credentials(): Promise<Credentials> };
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

type SendOptions = { abortSignal?: AbortSignal };

/**
 * Sends one command: the only place where the library meets AWS. Credentials first (so that what goes wrong with them is
 * told apart from what AWS refuses), then the call, then the proof that the answer is AWS's.
 *
 * @throws KeyturnError of {@link describeFailure}; nothing else leaves here
 * @example
 * const command = new GetUserCommand({ UserName: 'alice' });
 * const { User } = await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
 */
export async function send<Output>(
  client: Client,
  command: Command,
  signal: AbortSignal | undefined,
  call: (options: SendOptions) => Promise<Output>,
): Promise<Output> {
  requireNotInterrupted(signal);
  requireOwnAnswer(command);
  await resolveCredentials(client, signal);
  try {
    return await call(signal === undefined ? {} : { abortSignal: signal });
  } catch (error) {
    throw describeFailure(error, signal);
  }
}

/**
 * The credentials a client signs with. The client remembers them, so this costs nothing before a call.
 *
 * @throws AwsError ERR_CREDENTIALS when there are none, or a half is missing
 */
export async function resolveCredentials(client: Client, signal: AbortSignal | undefined): Promise<Credentials> {
  return waitUntilInterrupted(readCredentials(client), signal);
}

async function readCredentials(client: Client): Promise<Credentials> {
  try {
    const credentials = await client.config.credentials();
    if (credentials.accessKeyId && credentials.secretAccessKey) return credentials;
    throw new Error('the access key id or the secret access key is missing');
  } catch (error) {
    throw describeMissingCredentials(error);
  }
}
