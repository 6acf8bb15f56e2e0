import { listPolicyVersions as listVersions } from '../managed-policies.ts';
import { findNamedPolicy, namePolicy } from './named-policy.ts';
import { takePage } from './page.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html */
export const listPolicyVersions: IamAction<'ListPolicyVersions'> = {
  resource: namePolicy,

  perform(call) {
    const policy = findNamedPolicy(call);
    const all = listVersions(call.directory, policy);
    const selection = ['ListPolicyVersions', policy.Arn];
    const { items, ...more } = takePage(all, ({ version }) => String(version), selection, call.input);
    const Versions = items.map(({ version, CreateDate }) => ({
      VersionId: `v${version}`,
      IsDefaultVersion: version === policy.defaultVersion,
      CreateDate,
    }));
    return { Versions, ...more };
  },
};
