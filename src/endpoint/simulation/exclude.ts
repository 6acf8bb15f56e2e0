import type { InputOf } from '../../protocol/model.ts';
import type { iam } from '../model/overlay.ts';
import type { PolicySource, SimulatedPrincipal } from './sources.ts';

type Excluded = NonNullable<InputOf<typeof iam, 'SimulatePrincipalPolicy'>['PolicyExclusionList']>[number];

/**
 * A principal as it would be without some of its policies. What names none of them changes nothing; service control
 * policies have no ARN here by which they could be named.
 */
export function excludePolicies(principal: SimulatedPrincipal, list: readonly Excluded[]): SimulatedPrincipal {
  const { identity, boundary } = principal;
  const keepsBoundary = !list.some(
    (excluded) => excluded.PolicyType === 'permission-boundary' && isMeant(boundary, excluded),
  );
  return {
    ...principal,
    identity: identity.filter((source) => !list.some((excluded) => excludes(excluded, source))),
    boundary: keepsBoundary ? boundary : undefined,
  };
}

function excludes(excluded: Excluded, source: PolicySource): boolean {
  const { PolicyType, InlinePolicyIdentifier: named } = excluded;
  if (PolicyType === 'aws-managed' || PolicyType === 'user-managed') return isMeant(source, excluded);
  if (PolicyType !== 'inline' || named === undefined || source.embedded === undefined) return false;
  const { PolicyName, owner } = source.embedded;
  return (
    areSameName(PolicyName, named.PolicyName) && areSameName(owner, `${named.AttachmentType}_${named.AttachmentName}`)
  );
}

function isMeant(source: PolicySource | undefined, { PolicyArn }: Excluded): boolean {
  return source?.arn !== undefined && source.arn === PolicyArn;
}

function areSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
