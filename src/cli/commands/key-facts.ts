import { AwsError, KeyturnError } from '../../errors.ts';
import {
  getAccessKeyLastUsed,
  getCallerIdentity,
  listAccessKeys,
  type AccessKeyLastUsed,
  type AccessKeyMetadata,
  type CallerIdentity,
  type LastUsed,
} from '../../iam/index.ts';
import type { AwsDoor } from '../connect.ts';
import { formatEvidence } from '../output/access-keys.ts';
import { formatAge } from '../output/time.ts';
import { failuresOfOneKey, unless } from './unless.ts';

/** What is known of a key, and of who is about to change it, before anything is done. */
export interface KeyFacts {
  readonly AccessKeyId: string;
  /** The owner's name for messages. */
  readonly owner: string;
  /** Absent where the caller may not list the owner's keys. */
  readonly key: AccessKeyMetadata | undefined;
  readonly LastUsed: LastUsed;
  readonly caller: CallerIdentity;
  readonly endpoint: string;
  /** Whether this very key signs the calls. */
  readonly signsCalls: boolean;
}

export interface KeyReference {
  readonly AccessKeyId: string;
  /** The owner; the caller if absent. */
  readonly user?: string | undefined;
}

/**
 * @throws {KeyturnError} `ERR_NO_SUCH_ENTITY` where the user has no such key, with the owner's name where it is known
 */
export async function readKeyFacts(
  { connection, endpoint }: AwsDoor,
  { AccessKeyId, user }: KeyReference,
  signal: AbortSignal,
): Promise<KeyFacts> {
  const [caller, keys, use, credentials] = await Promise.all([
    getCallerIdentity(connection, { signal }),
    unless(['ERR_ACCESS_DENIED'], listAccessKeys(connection, { UserName: user, signal })),
    unless(failuresOfOneKey, getAccessKeyLastUsed(connection, { AccessKeyId, signal })),
    connection.iam.config.credentials(),
  ]);
  const key = keys instanceof AwsError ? undefined : keys.find((each) => each.AccessKeyId === AccessKeyId);
  if (!(keys instanceof AwsError) && key === undefined) throw describeAbsence(AccessKeyId, user, use);
  return {
    AccessKeyId,
    owner: key?.UserName ?? user ?? 'the caller',
    key,
    LastUsed: use instanceof AwsError ? { Kind: 'unknown', Reason: use.message } : use.LastUsed,
    caller,
    endpoint,
    signsCalls: credentials.accessKeyId === AccessKeyId,
  };
}

function describeAbsence(
  AccessKeyId: string,
  user: string | undefined,
  use: AwsError | AccessKeyLastUsed,
): KeyturnError {
  const owner = use instanceof AwsError ? undefined : use.UserName;
  return new KeyturnError('ERR_NO_SUCH_ENTITY', `${user ?? 'the caller'} has no access key ${AccessKeyId}`, {
    hint:
      owner === undefined
        ? 'look for it with keyturn keys list, and name its user with --user NAME'
        : `it is a key of ${owner}: add --user ${owner}`,
  });
}

/** The lines that say what is about to be done: to which key, on which evidence, by whom and where. */
export function describePlan(action: string, facts: KeyFacts, now: Date): string[] {
  const { AccessKeyId, owner, key, LastUsed, caller, endpoint } = facts;
  const status =
    key === undefined ? 'unknown: not allowed to list' : `${key.Status}, ${formatAge(key.CreateDate, now)} old`;
  return [
    `${action} access key ${AccessKeyId} of ${owner}`,
    `  status     ${status}`,
    `  last used  ${formatEvidence(LastUsed)}`,
    ...describeScene(caller, endpoint),
  ];
}

/** The lines of a plan that name the account, the caller and the endpoint. */
export function describeScene({ Account, Arn }: CallerIdentity, endpoint: string): string[] {
  return [`  account    ${Account}`, `  caller     ${Arn}`, `  endpoint   ${endpoint}`];
}
