/** What is known of leaked keys before anything is done about them. Only reads. */
import { accountIdOf } from '../../access-key-id.ts';
import { AwsError } from '../../errors.ts';
import {
  findQuarantine,
  getAccessKeyAccount,
  getAccessKeyLastUsed,
  getCallerIdentity,
  listAccessKeys,
  type AccessKeyMetadata,
  type CallerIdentity,
  type Connection,
  type LastUsed,
  type Quarantine,
} from '../../iam/index.ts';

export type LeakedKey = { readonly AccessKeyId: string } & (
  | { readonly kind: 'user'; readonly UserName: string; readonly LastUsed: LastUsed }
  | { readonly kind: 'root'; readonly LastUsed: LastUsed }
  | { readonly kind: 'elsewhere'; readonly Account: string }
  | { readonly kind: 'session' }
  /** Whose it is could not be found out. */
  | { readonly kind: 'unknown'; readonly Reason: string }
);

export interface KeyHolder {
  readonly UserName: string;
  /** All its keys, or why they could not be listed. */
  readonly keys: readonly AccessKeyMetadata[] | { readonly Reason: string };
  readonly quarantine: Quarantine;
}

export interface ContainFacts {
  readonly caller: CallerIdentity;
  /** The key that signs, a session's or a long-term one. */
  readonly signedBy: string;
  readonly keys: readonly LeakedKey[];
  readonly holders: readonly KeyHolder[];
}

export interface FactsOptions {
  /** Whose the keys are, where IAM may not be asked that. */
  readonly UserName?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @throws AwsError where not even the caller is known */
export async function gatherFacts(
  aws: Connection,
  AccessKeyIds: readonly string[],
  options: FactsOptions,
): Promise<ContainFacts> {
  const { signal } = options;
  const caller = await getCallerIdentity(aws, { signal });
  const { accessKeyId: signedBy } = await aws.iam.config.credentials();
  const keys = await Promise.all(AccessKeyIds.map((id) => findKey(aws, id, caller, options)));
  const names = new Set(keys.flatMap((key) => (key.kind === 'user' ? [key.UserName] : [])));
  const holders = await Promise.all([...names].map((UserName) => readHolder(aws, UserName, signal)));
  return { caller, signedBy, keys, holders };
}

async function findKey(
  aws: Connection,
  AccessKeyId: string,
  { Account }: CallerIdentity,
  { UserName, signal }: FactsOptions,
): Promise<LeakedKey> {
  if (AccessKeyId.startsWith('ASIA')) return { AccessKeyId, kind: 'session' };
  const inside = accountIdOf(AccessKeyId);
  if (inside !== undefined && inside !== Account) return { AccessKeyId, kind: 'elsewhere', Account: inside };
  const use = await orFailure(getAccessKeyLastUsed(aws, { AccessKeyId, signal }));
  if (!(use instanceof AwsError)) {
    const { UserName: owner, LastUsed } = use;
    return owner === undefined
      ? { AccessKeyId, kind: 'root', LastUsed }
      : { AccessKeyId, kind: 'user', UserName: owner, LastUsed };
  }
  if (UserName !== undefined) {
    return { AccessKeyId, kind: 'user', UserName, LastUsed: { Kind: 'unknown', Reason: use.message } };
  }
  const asked = await orFailure(getAccessKeyAccount(aws, { AccessKeyId, signal }));
  if (!(asked instanceof AwsError) && asked !== Account) return { AccessKeyId, kind: 'elsewhere', Account: asked };
  return { AccessKeyId, kind: 'unknown', Reason: use.message };
}

async function readHolder(aws: Connection, UserName: string, signal: AbortSignal | undefined): Promise<KeyHolder> {
  const [keys, quarantine] = await Promise.all([
    orFailure(listAccessKeys(aws, { UserName, signal })),
    findQuarantine(aws, UserName, { signal }),
  ]);
  return { UserName, keys: keys instanceof AwsError ? { Reason: keys.message } : keys, quarantine };
}

async function orFailure<T>(call: Promise<T>): Promise<T | AwsError> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}
