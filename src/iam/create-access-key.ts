import { CreateAccessKeyCommand } from '@aws-sdk/client-iam';
import type { AccessKey } from '@aws-sdk/client-iam';
import { AwsError, KeyturnError } from '../errors.ts';
import { Secret } from '../secret.ts';
import type { AccessKeyMetadata } from './access-key.ts';
import { requireUserAgent, requireUserName } from './arguments.ts';
import { readCallerIdentity, requireKeyHolder } from './caller-identity.ts';
import { withGrace } from './clock.ts';
import { addUserAgent, sendOnce } from './command.ts';
import type { Connection } from './connection.ts';
import { describeQuota, requireRoom } from './create-quota.ts';
import { UnknownOutcomeError } from './create-errors.ts';
import { findNewKeys } from './find-new-keys.ts';
import { requireNotInterrupted } from './interruption.ts';
import { readAccessKeys } from './list-access-keys.ts';
import { logFailure, nameUser } from './log.ts';
import { mayBeDone } from './outcome.ts';
import { send } from './send.ts';
import { retryThrottled } from './throttling.ts';

/** A new key with its secret, which AWS tells this once. */
export interface CreatedAccessKey extends AccessKeyMetadata {
  readonly SecretAccessKey: Secret;
}

export interface CreateAccessKeyOptions {
  /** Whose key; the caller's own user by default. */
  readonly UserName?: string | undefined;
  /** Added to the user agent of the one call that makes the key, so that CloudTrail's event shows who made it. */
  readonly userAgent?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds that the call is given after its caller gave up: the answer holds the only copy of a secret. */
const graceAfterAbort = 5000;

/**
 * Makes an access key for a user. The call is sent once: it has no idempotency token, and a second one would make a second
 * key. Throttling means that nothing was done, so then it is sent again after a while.
 *
 * A signal that fires while the call is under way does not cut it off at once. If the answer comes, the key is returned:
 * look at the signal, and delete the key when it has nowhere to go.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
 * @throws QuotaError the user has all the keys it may have; says which, and what is known about their use
 * @throws UnknownOutcomeError the answer was lost; says which keys appeared since
 * @throws KeyturnError ERR_REFUSED for root's own keys, ERR_CALLER for a role without a UserName, ERR_USAGE, ERR_INTERRUPTED
 * @throws AwsError any other answer of IAM
 * @example
 * const key = await createAccessKey(aws, { UserName: 'alice' });
 * await save(key.AccessKeyId, key.SecretAccessKey.reveal());
 */
export async function createAccessKey(
  aws: Connection,
  options: CreateAccessKeyOptions = {},
): Promise<CreatedAccessKey> {
  const { signal } = options;
  const asked = requireUserName(options.UserName);
  const userAgent = requireUserAgent(options.userAgent);
  return logFailure(aws, `create an access key for ${nameUser(asked)}`, async () => {
    const UserName = asked ?? (await requireOwnUser(aws, signal));
    const before = await readAccessKeys(aws, UserName, signal);
    await requireRoom(aws, UserName, before, signal);
    const created = await retryThrottled(aws.clock, signal, () => create(aws, { UserName, userAgent }, before, signal));
    aws.logger.info?.(`created access key ${created.AccessKeyId} for ${UserName}`);
    return created;
  });
}

async function requireOwnUser(aws: Connection, signal: AbortSignal | undefined): Promise<string> {
  const { UserName } = requireKeyHolder(await readCallerIdentity(aws.sts, signal));
  if (UserName !== undefined) return UserName;
  throw new KeyturnError(
    'ERR_REFUSED',
    'no new access key for the account root user: nothing could limit what it may do',
    {
      hint: 'make an IAM user or a role for the purpose, and name the user: UserName, or --user NAME',
    },
  );
}

interface CreateRequest {
  readonly UserName: string;
  readonly userAgent: string | undefined;
}

/** One attempt, and what its failure means. */
async function create(
  aws: Connection,
  request: CreateRequest,
  before: readonly AccessKeyMetadata[],
  signal: AbortSignal | undefined,
): Promise<CreatedAccessKey> {
  const { UserName } = request;
  requireNotInterrupted(signal);
  try {
    const key = await withGrace(aws.clock, signal, graceAfterAbort, (patient) => sendCreate(aws, request, patient));
    return readCreated(key, UserName, aws.clock.now());
  } catch (error) {
    if (error instanceof AwsError && error.awsCode === 'LimitExceeded') {
      throw await describeQuota(aws, UserName, await readAccessKeys(aws, UserName, signal), signal, error);
    }
    if (!mayBeDone(error)) throw error;
    throw new UnknownOutcomeError(
      { UserName, NewAccessKeyIds: await findNewKeys(aws, UserName, before, signal) },
      error,
    );
  }
}

async function sendCreate(
  aws: Connection,
  { UserName, userAgent }: CreateRequest,
  signal: AbortSignal,
): Promise<AccessKey | undefined> {
  const command = new CreateAccessKeyCommand({ UserName });
  sendOnce(command);
  if (userAgent !== undefined) addUserAgent(command, userAgent);
  return (await send(aws.iam, command, signal, (options) => aws.iam.send(command, options))).AccessKey;
}

/** Without its id or its secret a key is lost; what else is missing can be told without AWS. */
function readCreated(key: Partial<AccessKey> | undefined, user: string, now: Date): CreatedAccessKey {
  const { UserName = user, AccessKeyId, Status = 'Active', SecretAccessKey, CreateDate = now } = key ?? {};
  if (AccessKeyId && SecretAccessKey) {
    return { UserName, AccessKeyId, Status, SecretAccessKey: new Secret(SecretAccessKey), CreateDate };
  }
  throw new AwsError('ERR_NOT_IAM', 'the endpoint made an access key and did not tell its id and its secret');
}
