import { AwsFault } from '../../protocol/fault.ts';
import type { Call } from '../action.ts';
import type { Organization } from '../directory/organizations.ts';
import { findDocument } from '../managed-policies.ts';
import { refuseInvalid } from './refusals.ts';
import type { StsAction } from './service-action.ts';
import { describeSize } from './session-size.ts';

type RootCall = Call<{
  readonly TargetPrincipal: string;
  readonly TaskPolicyArn: { readonly arn?: string | undefined };
}>;

/** What an organization must have switched on for each task. */
const features: Readonly<Record<string, { readonly flag: keyof Organization; readonly words: string }>> = {
  IAMAuditRootUserCredentials: { flag: 'rootCredentials', words: 'Root credentials management' },
  IAMCreateRootUserPassword: { flag: 'rootCredentials', words: 'Root credentials management' },
  IAMDeleteRootUserCredentials: { flag: 'rootCredentials', words: 'Root credentials management' },
  S3UnlockBucketPolicy: { flag: 'rootSessions', words: 'Root sessions' },
  SQSUnlockQueuePolicy: { flag: 'rootSessions', words: 'Root sessions' },
};

const tasks = 'arn:aws:iam::aws:policy/root-task/';

/** Seconds. */
const usualDuration = 900;

/**
 * A session of the root user of a member account, good for one task: for users and roles of the organization's management
 * account. AWS gives no reason to those whom it denies one.
 *
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
 */
export const assumeRoot: StsAction<'AssumeRoot'> = {
  resource(call) {
    findTask(call);
    return { arn: `arn:aws:iam::${findTarget(call)}:root`, silent: true };
  },

  perform(call) {
    const { input, caller, directory, now } = call;
    const task = findTask(call);
    const accountId = findTarget(call);
    const organization = requireMember(call, accountId);
    const feature = features[task.slice(tasks.length)];
    if (feature !== undefined && !organization[feature.flag]) {
      throw deny(`${feature.words} feature is not enabled for your AWS Organization.`);
    }
    const document = findDocument(directory, accountId, task) ?? '';
    const SourceIdentity = caller.session?.SourceIdentity;
    const { DurationSeconds = usualDuration, MinimumSessionTokenSize: tokenSize } = input;
    const Credentials = directory.sessions.create({
      accountId,
      holder: { kind: 'root' },
      Expiration: new Date(now.getTime() + DurationSeconds * 1_000),
      tokenSize,
      terms: { issuedAt: now, mfa: false, policies: [{ id: task, document }], tags: [], SourceIdentity },
    });
    return { Credentials, SourceIdentity, ...describeSize(input, Credentials) };
  },
};

/** @throws AwsFault ValidationError for anything but an account id or the ARN of a root user */
function findTarget({ input: { TargetPrincipal } }: RootCall): string {
  const accountId = /^(?:arn:aws:iam::)?(?<accountId>\d{12})(?::root)?$/.exec(TargetPrincipal)?.groups?.accountId;
  if (accountId !== undefined && [accountId, `arn:aws:iam::${accountId}:root`].includes(TargetPrincipal)) {
    return accountId;
  }
  throw refuseInvalid('Request must contain a valid target principal');
}

/** @throws AwsFault ValidationError for anything but one of AWS's policies for such sessions */
function findTask({ input }: RootCall): string {
  const { arn = '' } = input.TaskPolicyArn;
  if (arn.startsWith(tasks) && Object.hasOwn(features, arn.slice(tasks.length))) return arn;
  throw refuseInvalid('Request must contain valid AWS managed task policy ARN');
}

/** The organization that the caller manages and the account is in. @throws AwsFault AccessDenied */
function requireMember({ caller, directory }: Call<unknown>, accountId: string): Organization {
  const { organizations } = directory;
  const organization = organizations.findOf(caller.accountId);
  const member = organizations.findAccount(accountId);
  const mayAssume =
    caller.kind !== 'root' &&
    organization?.managementAccountId === caller.accountId &&
    member?.organizationId === organization.Id &&
    member.State === 'ACTIVE' &&
    accountId !== caller.accountId;
  if (organization !== undefined && mayAssume) return organization;
  const wanted = `sts:AssumeRoot on resource: arn:aws:iam::${accountId}:root`;
  throw deny(`User: ${caller.arn} is not authorized to perform: ${wanted}`);
}

function deny(message: string): AwsFault {
  return new AwsFault('AccessDenied', message, 403);
}
