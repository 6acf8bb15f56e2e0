/**
 * The life of an access key, told step by step: each line names the AWS call it made. It is the story of AWS's "Manage
 * access keys" example, and three things more: the new key is proven before it is called usable, the deactivated one is
 * tried and refused, and the user's keys are left as they were found, whatever happens on the way.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 */
import { AwsError, KeyturnError } from '../../errors.ts';
import {
  createAccessKey,
  deactivateAccessKey,
  deleteAccessKey,
  describeCaller,
  getAccessKeyLastUsed,
  getAccessKeyQuota,
  getCallerIdentity,
  getUser,
  listAccessKeys,
  proveAccessKey,
  type AccessKeyMetadata,
  type Connection,
  type CreatedAccessKey,
} from '../../iam/index.ts';
import { formatEvidence } from '../output/access-keys.ts';
import { waitForRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

/** How the story ended: the whole life was told, or there was no room for another key. */
export type Ending = 'told' | 'no room';

export async function tellStory(stage: Stage): Promise<Ending> {
  const { aws, tell } = stage;
  const identity = await getCallerIdentity(aws, stage.interruption);
  await tell('sts:GetCallerIdentity', `you are ${identity.Arn}`);
  const before = await showKeys(stage);
  const quota = await getAccessKeyQuota(aws, stage.interruption);
  await tell('iam:GetAccountSummary', `a user may have ${quota}, Inactive ones included`);
  if (before.length >= quota) return 'no room';

  // Interrupted from here on, the key is made and taken away again before the demo leaves.
  await stage.interruption.hold(async () => {
    const key = await createAccessKey(aws, { UserName: stage.UserName });
    try {
      await tell('iam:CreateAccessKey', `created ${key.AccessKeyId}, secret ${key.SecretAccessKey.toString()}`);
      await liveThrough(stage, key, identity, before);
    } catch (error) {
      await takeAway(aws, key);
      throw error;
    }
    await deleteAccessKey(aws, key);
    await tell('iam:DeleteAccessKey', `deleted ${key.AccessKeyId}`);
  });
  await showKeys(stage);
  return 'told';
}

/** From the first proof to the last refusal. */
async function liveThrough(
  stage: Stage,
  key: CreatedAccessKey,
  caller: { readonly Arn: string },
  before: readonly AccessKeyMetadata[],
): Promise<void> {
  const { aws, tell } = stage;
  const { AccessKeyId, UserName } = key;
  const { signal } = stage.interruption;
  const Arn = await findUserArn(stage, key, caller);
  stage.wait('waiting until AWS knows the new key everywhere');
  const proof = await proveAccessKey(aws, key, { Arn, ...stage.patience, signal });
  await tell('sts:GetCallerIdentity', `signed by the new key ${proof.successes} times in a row: it is usable`);
  await showKeys(stage);
  await showLastUse(stage, before);

  await deactivateAccessKey(aws, { AccessKeyId, UserName, signal });
  await tell('iam:UpdateAccessKey', `${AccessKeyId} is Inactive`);
  stage.wait('waiting until AWS refuses the Inactive key');
  const code = await waitForRefusal(stage, key, Arn);
  await tell('sts:GetCallerIdentity', `the Inactive key is refused: ${code}`);
  await showKeys(stage);
}

/** Lists the keys, as the story does between its steps. */
async function showKeys({ aws, UserName, interruption, tell }: Stage): Promise<AccessKeyMetadata[]> {
  // While the demo holds a key, an interruption stops its waiting and not its listing.
  const keys = await listAccessKeys(aws, { UserName, signal: interruption.signal });
  await tell('iam:ListAccessKeys', countKeys(keys.length));
  for (const { AccessKeyId, Status } of keys) await tell('', `${AccessKeyId}  ${Status}`);
  return keys;
}

function countKeys(count: number): string {
  if (count === 0) return 'no access keys';
  return count === 1 ? '1 access key:' : `${count} access keys:`;
}

async function showLastUse(
  { aws, interruption, tell }: Stage,
  [existing]: readonly AccessKeyMetadata[],
): Promise<void> {
  if (existing === undefined) {
    await tell('', 'there is no older key whose last use could be shown');
    return;
  }
  const { LastUsed } = await getAccessKeyLastUsed(aws, { AccessKeyId: existing.AccessKeyId, ...interruption });
  await tell('iam:GetAccessKeyLastUsed', `${existing.AccessKeyId}, the older key, was last used:`);
  await tell('', formatEvidence(LastUsed));
}

/** Who the new key must prove to be. */
async function findUserArn(
  { aws, interruption, tell }: Stage,
  { UserName }: CreatedAccessKey,
  caller: { readonly Arn: string },
): Promise<string> {
  if (describeCaller(caller).UserName === UserName) return caller.Arn;
  const user = await getUser(aws, { UserName, signal: interruption.signal });
  await tell('iam:GetUser', `${UserName} is ${user.Arn}`);
  return user.Arn;
}

/** Deletes the key of a story that broke off, so that the user's keys are as they were. */
async function takeAway(aws: Connection, { AccessKeyId, UserName }: CreatedAccessKey): Promise<void> {
  try {
    await deleteAccessKey(aws, { AccessKeyId, UserName });
  } catch (error) {
    // The last delete may have been done and its answer lost: then there is nothing left to take away.
    if (error instanceof AwsError && error.code === 'ERR_NO_SUCH_ENTITY') return;
    throw new KeyturnError('ERR_UNKNOWN_OUTCOME', `the demo's key ${AccessKeyId} of ${UserName} could not be deleted`, {
      hint: `delete it with keyturn keys delete ${AccessKeyId} --user ${UserName} --yes --force`,
      cause: error,
    });
  }
}
