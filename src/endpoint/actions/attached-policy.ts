/** Managed policies attached to a user, a group or a role: one set of rules for the three. */

import type { Call } from '../action.ts';
import type { PolicyOwner } from './inline-policy.ts';
import { findAttachablePolicy, refuseUnknownPolicy, requireAttachable, requirePolicyArn } from './named-policy.ts';
import { takePage, type Page, type PageRequest } from './page.ts';
import { quotas } from './quotas.ts';
import { refuse } from './refusals.ts';

const limits = {
  user: ['PoliciesPerUser', quotas.AttachedPoliciesPerUserQuota],
  group: ['PoliciesPerGroup', quotas.AttachedPoliciesPerGroupQuota],
  role: ['PoliciesPerRole', quotas.AttachedPoliciesPerRoleQuota],
} as const;

/** Attaching what is attached already changes nothing. @throws AwsFault NoSuchEntity or LimitExceeded */
export function attachPolicy(call: Call<{ readonly PolicyArn: string }>, { kind, id }: PolicyOwner): void {
  const { input, caller, directory } = call;
  const { PolicyArn } = input;
  requireAttachable(PolicyArn, kind);
  findAttachablePolicy(call);
  const attached = directory.attachedPolicies.list(id);
  if (attached.includes(PolicyArn)) return;
  const [name, quota] = limits[kind];
  if (attached.length >= quota) throw refuse('LimitExceeded', `Cannot exceed quota for ${name}: ${quota}`);
  directory.attachedPolicies.attach(caller.accountId, id, PolicyArn);
}

/** @throws AwsFault NoSuchEntity for what is not attached, whether it exists or not */
export function detachPolicy({ input, directory }: Call<{ readonly PolicyArn: string }>, { id }: PolicyOwner): void {
  requirePolicyArn(input.PolicyArn);
  if (!directory.attachedPolicies.detach(id, input.PolicyArn)) throw refuseUnknownPolicy(input.PolicyArn);
}

interface AttachedPolicy {
  readonly PolicyName: string;
  readonly PolicyArn: string;
}

/** The policies attached to an owner, a page at a time. */
export function listAttachedPolicies(
  { input, directory }: Call<PageRequest & { readonly PathPrefix?: string | undefined }>,
  { id }: PolicyOwner,
): Omit<Page<AttachedPolicy>, 'items'> & { AttachedPolicies: readonly AttachedPolicy[] } {
  const { PathPrefix = '/' } = input;
  const attached = directory.attachedPolicies
    .list(id)
    .filter((arn) => arn.slice(arn.indexOf('/')).startsWith(PathPrefix))
    .map((PolicyArn) => ({ PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1), PolicyArn }));
  const selection = ['attached policies', id, PathPrefix];
  const { items, ...more } = takePage(attached, ({ PolicyArn }) => PolicyArn, selection, input);
  return { AttachedPolicies: items, ...more };
}
