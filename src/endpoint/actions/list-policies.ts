import type { Call } from '../action.ts';
import { listAwsPolicies, type ManagedPolicy } from '../managed-policies.ts';
import { countUses, describePolicy } from './named-policy.ts';
import { readSorted, takeSlice } from './page.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html */
export const listPolicies: IamAction<'ListPolicies'> = {
  resource({ caller }) {
    return { arn: `arn:aws:iam::${caller.accountId}:policy/`, words: 'policy path /' };
  },

  perform(call) {
    const { Scope = 'All', OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter = '' } = call.input;
    const { accountId } = call.caller;
    const selected = listVisible(call, Scope)
      .filter(({ Path }) => Path.startsWith(PathPrefix))
      .filter((policy) => !OnlyAttached || isUsed(call, policy))
      .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    const selection = ['ListPolicies', accountId, Scope, String(OnlyAttached), PathPrefix, PolicyUsageFilter];
    const { items, ...more } = takeSlice(selection, call.input, readSorted(selected, placeOf));
    return { Policies: items.map((policy) => describePolicy(call, policy)), ...more };
  },
};

/** The account's own come first, by their names; those of AWS follow from the oldest on. */
function placeOf({ accountId, PolicyName, CreateDate }: ManagedPolicy): string {
  const name = PolicyName.toLowerCase();
  return accountId === undefined ? `aws ${CreateDate.toISOString()} ${name}` : `${accountId} ${name}`;
}

type ListCall = Call<Parameters<typeof listPolicies.perform>[0]['input']>;

function listVisible({ caller, directory }: ListCall, Scope: 'All' | 'AWS' | 'Local'): readonly ManagedPolicy[] {
  const own = Scope === 'AWS' ? [] : directory.policies.list(caller.accountId, { limit: -1 });
  return Scope === 'Local' ? own : [...listAwsPolicies(), ...own];
}

/** Attached to somebody, or their boundary, or (unless the filter says which) either. The filter alone filters nothing. */
function isUsed({ input, caller, directory }: ListCall, { Arn }: ManagedPolicy): boolean {
  const { AttachmentCount, PermissionsBoundaryUsageCount } = countUses(directory, caller.accountId, Arn);
  const { PolicyUsageFilter } = input;
  if (PolicyUsageFilter === 'PermissionsBoundary') return PermissionsBoundaryUsageCount > 0;
  if (PolicyUsageFilter === 'PermissionsPolicy') return AttachmentCount > 0;
  return AttachmentCount + PermissionsBoundaryUsageCount > 0;
}
