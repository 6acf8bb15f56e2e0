/**
 * Temporary credentials outlive the key that made them, up to 36 hours: making the key Inactive does not end them. What
 * ends them is a policy of the user that denies everything to credentials issued before a time.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
 * (the key exists only for temporary credentials, so that long-term keys are left alone)
 */
import { DeleteUserPolicyCommand, GetUserPolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { AwsError, KeyturnError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { logFailure } from './log.ts';
import { send } from './send.ts';
import { retryThrottled } from './throttling.ts';

/** The name of the policy inside the user: one for all times, so that a user has one. */
export const olderSessionsPolicy = 'KeyturnRevokeOlderSessions';

export interface UserReference {
  readonly UserName: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Denies everything to the user's sessions that were issued before a time. A policy that is there already is never made
 * weaker: the later time stays. Sessions of roles that the user assumed are the roles' own, and go on.
 *
 * @returns the time that is in force now
 * @throws AwsError ERR_ACCESS_DENIED, ERR_CONFLICT where the user's policies have no room for it
 * @throws KeyturnError ERR_REFUSED where a policy of that name says something else
 */
export async function denyOlderSessions(
  aws: Connection,
  { UserName, before, signal }: UserReference & { readonly before: Date },
): Promise<Date> {
  return logFailure(aws, `deny the older sessions of ${UserName}`, async () => {
    // Who may write it and not read it writes a time that is not before any earlier one, as it is now's.
    const present = await readTime(aws, UserName, signal).catch(ignoreDenial);
    if (present !== undefined && present >= before) return present;
    const PolicyDocument = JSON.stringify(composeDocument(before));
    const command = new PutUserPolicyCommand({ UserName, PolicyName: olderSessionsPolicy, PolicyDocument });
    await retryThrottled(aws.clock, signal, () =>
      send(aws.iam, command, signal, (options) => aws.iam.send(command, options)),
    );
    return before;
  });
}

/**
 * Takes the denial away again.
 *
 * @param options.upTo not where a later time is in force: somebody else has put that there since
 * @returns whether there is none now
 * @throws AwsError, and KeyturnError as {@link denyOlderSessions}
 */
export async function allowOlderSessions(
  aws: Connection,
  { UserName, upTo, signal }: UserReference & { readonly upTo: Date },
): Promise<boolean> {
  return logFailure(aws, `allow the older sessions of ${UserName} again`, async () => {
    const present = await readTime(aws, UserName, signal);
    if (present === undefined) return true;
    if (present > upTo) return false;
    const command = new DeleteUserPolicyCommand({ UserName, PolicyName: olderSessionsPolicy });
    await send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
    return true;
  });
}

function composeDocument(before: Date): object {
  const time = before.toISOString().replace(/\.\d+Z$/, 'Z');
  const Condition = { DateLessThan: { 'aws:TokenIssueTime': time } };
  return { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition }] };
}

/** The time in the policy that is there; undefined where there is none. */
async function readTime(aws: Connection, UserName: string, signal: AbortSignal | undefined): Promise<Date | undefined> {
  const command = new GetUserPolicyCommand({ UserName, PolicyName: olderSessionsPolicy });
  const PolicyDocument = await retryThrottled(aws.clock, signal, async () => {
    try {
      return (await send(aws.iam, command, signal, (options) => aws.iam.send(command, options))).PolicyDocument;
    } catch (error) {
      if (error instanceof AwsError && error.code === 'ERR_NO_SUCH_ENTITY') return undefined;
      throw error;
    }
  });
  if (PolicyDocument === undefined) return undefined;
  // IAM gives documents percent-encoded.
  const text = decodeURIComponent(PolicyDocument);
  const [, time = ''] = /"aws:TokenIssueTime"\s*:\s*\[?\s*"([^"]+)"/.exec(text) ?? [];
  const present = new Date(time);
  if (!Number.isNaN(present.getTime()) && text.replace(/\s/g, '') === JSON.stringify(composeDocument(present))) {
    return present;
  }
  throw new KeyturnError(
    'ERR_REFUSED',
    `the policy ${olderSessionsPolicy} inside ${UserName} is not as Keyturn writes it`,
    {
      hint: 'look at it, and give what it says another name',
    },
  );
}

function ignoreDenial(error: unknown): undefined {
  if (error instanceof AwsError && error.code === 'ERR_ACCESS_DENIED') return undefined;
  throw error;
}
