/** Managed policies wherever they are from: AWS's own, which every account sees, and the account's in the directory. */

import type { Directory } from './directory/directory.ts';
import type { Policy, PolicyVersion } from './directory/records.ts';
import { awsManagedPolicies } from './model/aws-managed-policies.generated.ts';

/** A managed policy and the version in force. */
export interface ManagedPolicy extends Omit<Policy, 'accountId'> {
  /** Undefined for AWS's own. */
  readonly accountId: string | undefined;
}

interface AwsManagedPolicy extends ManagedPolicy {
  /** The one in force, and those before it that are known. */
  readonly versions: readonly PolicyVersion[];
}

const awsPolicies: ReadonlyMap<string, AwsManagedPolicy> = new Map(
  awsManagedPolicies.map(({ readDocument, EarlierDocuments, CreateDate, UpdateDate, DefaultVersionId, ...policy }) => {
    const Arn = `arn:aws:iam::aws:policy${policy.Path}${policy.PolicyName}`;
    const version = Number(DefaultVersionId.slice(1));
    const dates = { CreateDate: new Date(CreateDate), UpdateDate: new Date(UpdateDate) };
    const earlier = EarlierDocuments.map((document, index) => ({
      version: version - 1 - index,
      document,
      CreateDate: dates.CreateDate,
    }));
    const latest = {
      version,
      get document() {
        return readDocument();
      },
      CreateDate: dates.UpdateDate,
    };
    const versions = [latest, ...earlier];
    return [Arn, { ...policy, ...dates, Arn, accountId: undefined, defaultVersion: version, versions }];
  }),
);

/** AWS's own managed policies, in the order of their names. */
export function listAwsPolicies(): readonly ManagedPolicy[] {
  return [...awsPolicies.values()];
}

/** The policy of an ARN, if the account can see it. */
export function findManagedPolicy(directory: Directory, accountId: string, arn: string): ManagedPolicy | undefined {
  const policy = awsPolicies.get(arn) ?? directory.policies.findByArn(arn);
  return policy === undefined || (policy.accountId ?? accountId) === accountId ? policy : undefined;
}

/** Of most of AWS's own policies only the version in force is there. */
export function listPolicyVersions(directory: Directory, { Arn, PolicyId }: ManagedPolicy): readonly PolicyVersion[] {
  const aws = awsPolicies.get(Arn);
  return aws === undefined ? directory.policies.listVersions(PolicyId) : aws.versions;
}

export function findPolicyVersion(
  directory: Directory,
  { Arn, PolicyId }: ManagedPolicy,
  version: number,
): PolicyVersion | undefined {
  const aws = awsPolicies.get(Arn);
  if (aws !== undefined) return aws.versions.find((candidate) => candidate.version === version);
  return directory.policies.findVersion(PolicyId, version);
}

/** The document of the version in force; undefined for a policy that the account cannot see. */
export function findDocument(directory: Directory, accountId: string, arn: string): string | undefined {
  const policy = findManagedPolicy(directory, accountId, arn);
  return policy && findPolicyVersion(directory, policy, policy.defaultVersion)?.document;
}
