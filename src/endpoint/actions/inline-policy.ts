/** The policies embedded in a user, a group or a role: one set of rules for the three. */

import type { Call } from '../action.ts';
import type { InlinePolicy } from '../directory/records.ts';
import { takePage, type Page, type PageRequest } from './page.ts';
import { countCharacters, encodeDocument, requirePolicy } from './policy-text.ts';
import { quotas } from './quotas.ts';
import { refuse } from './refusals.ts';

/** Whose policies they are. */
export interface PolicyOwner {
  readonly kind: 'user' | 'group' | 'role';
  /** The unique id. */
  readonly id: string;
  readonly name: string;
}

/** Characters of all policies of an owner together. */
const sizes = {
  user: quotas.UserPolicySizeQuota,
  group: quotas.GroupPolicySizeQuota,
  role: quotas.RolePolicySizeQuota,
} as const;

/** @throws AwsFault MalformedPolicyDocument or LimitExceeded */
export function putInlinePolicy(
  { input, caller, directory }: Call<{ readonly PolicyName: string; readonly PolicyDocument: string }>,
  { kind, id, name }: PolicyOwner,
): void {
  const { PolicyName, PolicyDocument: document } = input;
  requirePolicy(document, 'inline');
  const isOther = (policy: InlinePolicy) => policy.PolicyName.toLowerCase() !== PolicyName.toLowerCase();
  const others = directory.inlinePolicies.list(id).filter(isOther);
  const size = [...others, { document }].reduce((sum, policy) => sum + countCharacters(policy.document), 0);
  if (size > sizes[kind]) {
    throw refuse('LimitExceeded', `Maximum policy size of ${sizes[kind]} bytes exceeded for ${kind} ${name}`);
  }
  directory.inlinePolicies.put(caller.accountId, id, { PolicyName, document });
}

/** The policy with its document as IAM answers with it. @throws AwsFault NoSuchEntity */
export function getInlinePolicy(
  call: Call<{ readonly PolicyName: string }>,
  owner: PolicyOwner,
): { PolicyName: string; PolicyDocument: string } {
  const { PolicyName, document } = findInlinePolicy(call, owner);
  return { PolicyName, PolicyDocument: encodeDocument(document) };
}

/** @throws AwsFault NoSuchEntity */
export function deleteInlinePolicy(call: Call<{ readonly PolicyName: string }>, owner: PolicyOwner): void {
  call.directory.inlinePolicies.delete(owner.id, findInlinePolicy(call, owner).PolicyName);
}

/** The names of an owner's policies, a page at a time. */
export function listInlinePolicies(
  { input, directory }: Call<PageRequest>,
  { id }: PolicyOwner,
): Omit<Page<string>, 'items'> & { PolicyNames: readonly string[] } {
  const names = directory.inlinePolicies.list(id).map(({ PolicyName }) => PolicyName);
  const { items, ...more } = takePage(names, (name) => name, ['inline policies', id], input);
  return { PolicyNames: items, ...more };
}

function findInlinePolicy(
  { input, directory }: Call<{ readonly PolicyName: string }>,
  { kind, id }: PolicyOwner,
): InlinePolicy {
  const policy = directory.inlinePolicies.find(id, input.PolicyName);
  if (policy !== undefined) return policy;
  throw refuse('NoSuchEntity', `The ${kind} policy with name ${input.PolicyName} cannot be found.`);
}
