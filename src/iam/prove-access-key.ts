import type { STSClient } from '@aws-sdk/client-sts';
import { AwsError, KeyturnError } from '../errors.ts';
import { requireAccessKeyId } from './arguments.ts';
import { readCallerIdentity } from './caller-identity.ts';
import { pause } from './clock.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { logFailure } from './log.ts';
import { makeProofClients } from './proof-clients.ts';
import type { AccessKeyPair } from './proof-clients.ts';
import { NotProvenError } from './proof.ts';
import type { Proof } from './proof.ts';

export interface ProveAccessKeyOptions {
  /** Who the key must prove to be: the user's ARN. */
  readonly Arn: string;
  /** Milliseconds before the first try, 5000: services that met a key too early remember for a while that it is unknown. */
  readonly firstAfter?: number | undefined;
  /** Milliseconds between tries, 5000. */
  readonly every?: number | undefined;
  /** How many tries in a row must succeed, 3: AWS's replicas do not learn of a key at the same moment. */
  readonly successes?: number | undefined;
  /** Milliseconds after which the key is given up, 60000. */
  readonly within?: number | undefined;
  /** Regions whose STS endpoints are asked in turn; the connection's own by default. */
  readonly regions?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds after which no answer is waited for, however much time is left. */
const longestTry = 30_000;
/** What AWS says of a key that it has not heard of yet. */
const notYet: readonly (string | undefined)[] = [
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'UnrecognizedClientException',
  'AuthFailure',
];

/**
 * Shows that a new key works: it is tried with sts:GetCallerIdentity, which needs no permission, until it has answered as
 * the expected user several times in a row. Every try is a use of the key.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html (changes are not visible everywhere at once)
 * @returns the evidence
 * @throws NotProvenError when time is up; at once when the key answers as someone else or is refused for another reason
 * @throws KeyturnError ERR_USAGE, ERR_INTERRUPTED
 * @example
 * const key = await createAccessKey(aws, { UserName: 'alice' });
 * await proveAccessKey(aws, key, { Arn: 'arn:aws:iam::123456789012:user/alice' });
 */
export async function proveAccessKey(
  aws: Connection,
  key: AccessKeyPair,
  options: ProveAccessKeyOptions,
): Promise<Proof> {
  const AccessKeyId = requireAccessKeyId(key.AccessKeyId);
  const tryOnce = makeKeyTrial(aws, key, options);
  return logFailure(aws, `prove access key ${AccessKeyId}`, async () => {
    const proof = await repeatTrial(aws.clock, AccessKeyId, tryOnce, options);
    aws.logger.info?.(`access key ${AccessKeyId} works as ${proof.Arn}`);
    return proof;
  });
}

/** One try of a key: undefined when it answered as it should. `remaining` are the milliseconds it may take. */
export type KeyTrial = (attempt: number, remaining: number) => Promise<TrialFailure | undefined>;

/** Tries of a key over the STS endpoints of some Regions in turn. */
export function makeKeyTrial(
  aws: Connection,
  key: AccessKeyPair,
  { Arn, regions, signal }: Pick<ProveAccessKeyOptions, 'Arn' | 'regions' | 'signal'>,
): KeyTrial {
  const clients = makeProofClients(aws, key, regions);
  return (attempt, remaining) =>
    tryKey(clients[(attempt - 1) % clients.length] ?? clients[0], { Arn, remaining, signal });
}

/**
 * Repeats a try until it has succeeded several times in a row.
 *
 * @throws NotProvenError, and KeyturnError ERR_USAGE for settings that cannot be met
 */
export async function repeatTrial(
  clock: Clock,
  AccessKeyId: string,
  tryOnce: KeyTrial,
  options: Omit<ProveAccessKeyOptions, 'regions'>,
): Promise<Proof> {
  const { Arn, firstAfter, every, successes, within, signal } = readSettings(options);
  const start = clock.now().getTime();
  const measure = () => clock.now().getTime() - start;
  let inARow = 0;
  await pause(clock, firstAfter, signal);
  for (let attempts = 1; ; attempts++) {
    const failure = await tryOnce(attempts, within - measure());
    const tried = { AccessKeyId, attempts, elapsed: measure() };
    if (failure?.isFinal) throw new NotProvenError(failure.why, tried, failure.cause);
    inARow = failure === undefined ? inARow + 1 : 0;
    if (inARow === successes) return { ...tried, Arn, successes };
    if (tried.elapsed + every >= within) {
      throw new NotProvenError(`did not come to work within ${within / 1000} seconds`, tried, failure?.cause);
    }
    await pause(clock, every, signal);
  }
}

interface Try {
  readonly Arn: string;
  readonly remaining: number;
  readonly signal: AbortSignal | undefined;
}

export interface TrialFailure {
  /** Whether no other try could end otherwise. */
  readonly isFinal: boolean;
  readonly why: string;
  readonly cause?: unknown;
}

/** One try, cut off when time is up: an endpoint that hangs must not outlast `within`. */
async function tryKey(client: STSClient, { Arn, remaining, signal }: Try): Promise<TrialFailure | undefined> {
  const timeUp = AbortSignal.timeout(Math.min(Math.max(1, Math.ceil(remaining)), longestTry));
  try {
    const identity = await readCallerIdentity(
      client,
      signal === undefined ? timeUp : AbortSignal.any([signal, timeUp]),
    );
    return identity.Arn === Arn ? undefined : { isFinal: true, why: `works as ${identity.Arn} and not as ${Arn}` };
  } catch (error) {
    if (signal?.aborted || !(error instanceof KeyturnError)) throw error;
    return { isFinal: !mayStillCome(error), why: `was refused: ${error.message}`, cause: error };
  }
}

function mayStillCome(error: KeyturnError): boolean {
  if (error instanceof AwsError && notYet.includes(error.awsCode)) return true;
  return ['ERR_NETWORK', 'ERR_THROTTLED', 'ERR_SERVICE', 'ERR_INTERRUPTED'].includes(error.code);
}

function readSettings({
  Arn,
  firstAfter = 5000,
  every = 5000,
  successes = 3,
  within = 60_000,
  signal,
}: ProveAccessKeyOptions) {
  if (!Number.isInteger(successes) || successes < 1) {
    throw new KeyturnError('ERR_USAGE', 'successes must be a whole number of at least 1');
  }
  if (!(firstAfter >= 0 && every >= 0 && firstAfter + every * (successes - 1) < within)) {
    throw new KeyturnError(
      'ERR_USAGE',
      'the tries do not fit into the time: firstAfter + every * (successes - 1) must be less than within',
    );
  }
  return { Arn, firstAfter, every, successes, within, signal };
}
