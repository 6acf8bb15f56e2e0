import { findNamedVersion, namePolicy } from './named-policy.ts';
import { encodeDocument } from './policy-text.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export const getPolicyVersion: IamAction<'GetPolicyVersion'> = {
  resource: namePolicy,

  perform(call) {
    const { document, version, CreateDate, policy } = findNamedVersion(call);
    const IsDefaultVersion = version === policy.defaultVersion;
    return {
      PolicyVersion: { Document: encodeDocument(document), VersionId: `v${version}`, IsDefaultVersion, CreateDate },
    };
  },
};
