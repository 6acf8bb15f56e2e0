import { AwsFault } from '../../protocol/fault.ts';
import type { Call } from '../action.ts';
import type { Directory } from '../directory/directory.ts';
import type { Policy, PolicyVersion } from '../directory/records.ts';
import { findManagedPolicy, findPolicyVersion, type ManagedPolicy } from '../managed-policies.ts';
import type { Resource } from '../resource.ts';
import { refuse, refuseInvalid } from './refusals.ts';

type NamingCall = Call<{ readonly PolicyArn: string }>;

/** @throws AwsFault ValidationError for what is no ARN, InvalidInput for one that is no policy's */
export function requirePolicyArn(arn: string): void {
  const message = `ARN ${arn} is not valid.`;
  if (/^arn:(?!aws:)[\w-]+:iam::/.test(arn)) throw refuseInvalid('Invalid ARN partition');
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+/.test(arn)) throw refuseInvalid(message);
  if (!/^arn:[^:]+:iam::(?:\d{12}|aws):policy\/.+/.test(arn)) throw refuse('InvalidInput', message);
}

/** The policy that a request names. @throws AwsFault NoSuchEntity, and as {@link requirePolicyArn} */
export function findNamedPolicy({ input, caller, directory }: NamingCall): ManagedPolicy {
  requirePolicyArn(input.PolicyArn);
  const policy = findManagedPolicy(directory, caller.accountId, input.PolicyArn);
  if (policy === undefined) throw refuseUnknownPolicy(input.PolicyArn);
  return policy;
}

/** The same where a policy's use is what is asked about, in the words of those who attach it. @throws AwsFault NoSuchEntity */
export function findAttachablePolicy({ input, caller, directory }: NamingCall): ManagedPolicy {
  requirePolicyArn(input.PolicyArn);
  const policy = findManagedPolicy(directory, caller.accountId, input.PolicyArn);
  if (policy !== undefined) return policy;
  throw refuse('NoSuchEntity', `Policy ${input.PolicyArn} does not exist or is not attachable.`);
}

/** The policy that a request names, which {@link requireOwnPolicy} has made sure is not AWS's. */
export function findOwnPolicy(call: NamingCall): Policy {
  const policy = findNamedPolicy(call);
  if (policy.accountId === undefined) throw refuseAwsPolicy('change policies');
  return { ...policy, accountId: policy.accountId };
}

/** Whether an ARN is that of a policy of AWS, be it there or not. */
export function isAwsPolicy(arn: string): boolean {
  return arn.startsWith('arn:aws:iam::aws:policy/');
}

/**
 * AWS's own policies nobody may change.
 *
 * @param change what would be done, as AWS words it: `delete policies`
 * @throws AwsFault AccessDenied
 */
export function requireOwnPolicy({ input }: NamingCall, change: string): void {
  if (isAwsPolicy(input.PolicyArn)) throw refuseAwsPolicy(change);
}

/** @throws AwsFault InvalidInput for a policy of AWS */
export function requireTaggable({ input }: NamingCall): void {
  if (isAwsPolicy(input.PolicyArn)) throw refuse('InvalidInput', 'Tags not supported for policies in this domain');
}

/** Some of AWS's policies are for roles that AWS makes, and for sessions of root users. @throws AwsFault PolicyNotAttachable */
export function requireAttachable(arn: string, kind: 'user' | 'group' | 'role'): void {
  if (!/^arn:aws:iam::aws:policy\/(?:aws-service-role|root-task)\//.test(arn)) return;
  throw refuse('PolicyNotAttachable', `Cannot attach AWS reserved policy to an IAM ${kind}.`);
}

export function refuseUnknownPolicy(arn: string): AwsFault {
  return refuse('NoSuchEntity', `Policy ${arn} was not found.`);
}

/** The policy a request names as a resource. */
export function namePolicy({ input, caller, directory }: NamingCall): Resource {
  const { PolicyArn } = input;
  const taggedId = findManagedPolicy(directory, caller.accountId, PolicyArn)?.PolicyId;
  return { arn: PolicyArn, words: `policy ${PolicyArn}`, taggedId };
}

function refuseAwsPolicy(change: string): AwsFault {
  return new AwsFault('AccessDenied', `Cannot ${change} outside your own account.`, 403);
}

/** A version by its VersionId. @throws AwsFault NoSuchEntity, for a policy that is not there too */
export function findNamedVersion(
  call: Call<{ readonly PolicyArn: string; readonly VersionId: string }>,
): PolicyVersion & { readonly policy: ManagedPolicy } {
  const { PolicyArn, VersionId } = call.input;
  requirePolicyArn(PolicyArn);
  const policy = findManagedPolicy(call.directory, call.caller.accountId, PolicyArn);
  const number = /^v(\d+)$/.exec(VersionId)?.[1];
  const version = policy && number && findPolicyVersion(call.directory, policy, Number(number));
  if (!policy || !version) {
    const problem = `Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`;
    throw refuse('NoSuchEntity', problem);
  }
  return { ...version, policy };
}

/** How many users, groups and roles of an account a policy is attached to, and how many it bounds. */
export function countUses(
  { users, roles, attachedPolicies }: Directory,
  accountId: string,
  arn: string,
): { AttachmentCount: number; PermissionsBoundaryUsageCount: number } {
  return {
    AttachmentCount: attachedPolicies.countOwners(accountId, arn),
    PermissionsBoundaryUsageCount: users.listBounded(accountId, arn).length + roles.listBounded(accountId, arn).length,
  };
}

type DescribedPolicy = Omit<ManagedPolicy, 'accountId' | 'Description' | 'defaultVersion'> & {
  readonly DefaultVersionId: string;
  readonly AttachmentCount: number;
  readonly PermissionsBoundaryUsageCount: number;
  readonly IsAttachable: true;
};

/** What IAM shows of a policy wherever it shows one. */
export function describePolicy({ caller, directory }: Call<unknown>, policy: ManagedPolicy): DescribedPolicy {
  const { PolicyName, PolicyId, Arn, Path, CreateDate, UpdateDate, defaultVersion } = policy;
  const uses = countUses(directory, caller.accountId, Arn);
  const described = { PolicyName, PolicyId, Arn, Path, CreateDate, UpdateDate, ...uses };
  return { ...described, DefaultVersionId: `v${defaultVersion}`, IsAttachable: true };
}
