import { ListAttachedUserPoliciesCommand } from '@aws-sdk/client-iam';
import { AwsError } from '../errors.ts';
import { requireUserName } from './arguments.ts';
import type { Connection } from './connection.ts';
import { logFailure } from './log.ts';
import { readPages, requireList } from './pages.ts';
import { send } from './send.ts';

/** Whether AWS has quarantined a user, and by which of its policies. */
export type Quarantine =
  | { readonly Kind: 'none' }
  | { readonly Kind: 'quarantined'; readonly PolicyName: string; readonly PolicyArn: string }
  | { readonly Kind: 'unknown'; readonly Reason: string };

/**
 * Whether the policy is attached to a user that AWS attaches when it sees a key of the user in public: any version, in any
 * partition. It denies the user, among much else, to change its own access keys, and does not stop its use.
 *
 * AWS attaches it to the user, never to a group. Source:
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
 * @throws KeyturnError ERR_USAGE, ERR_INTERRUPTED; no refusal of AWS: that is `unknown`
 * @example
 * if ((await findQuarantine(aws, 'alice')).Kind === 'quarantined') console.log('alice cannot help herself');
 */
export async function findQuarantine(
  aws: Connection,
  UserName: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Quarantine> {
  const name = requireUserName(UserName);
  try {
    return await logFailure(aws, `list the policies attached to ${UserName}`, () => findPolicy(aws, name, signal));
  } catch (error) {
    if (error instanceof AwsError) return { Kind: 'unknown', Reason: error.message };
    throw error;
  }
}

async function findPolicy(
  aws: Connection,
  UserName: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Quarantine> {
  const pages = readPages((Marker) => {
    const command = new ListAttachedUserPoliciesCommand({ UserName, Marker });
    return send(aws.iam, command, signal, (options) => aws.iam.send(command, options));
  });
  for await (const page of pages) {
    for (const { PolicyArn = '', PolicyName = '' } of requireList(page.AttachedPolicies, 'ListAttachedUserPolicies')) {
      // AWS's own alone: anyone may call a policy of the account by that name.
      if (/^arn:[^:]+:iam::aws:policy\/(?:.*\/)?AWSCompromisedKeyQuarantine/.test(PolicyArn)) {
        return { Kind: 'quarantined', PolicyName, PolicyArn };
      }
    }
  }
  return { Kind: 'none' };
}
