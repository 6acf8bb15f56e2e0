/**
 * The message of AccessDenied.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
import type { Denial, Layer } from './decision.ts';

/** What a refusal calls a layer: the kind of policy that does not allow, and the one that denies. */
const wording: Readonly<Record<Layer, { readonly allows: string; readonly denies: string }>> = {
  identity: { allows: 'identity-based policy', denies: 'an identity-based policy' },
  boundary: { allows: 'permissions boundary', denies: 'a permissions boundary' },
  session: { allows: 'session policy', denies: 'a session policy' },
  scp: { allows: 'service control policy', denies: 'a service control policy' },
  trust: { allows: 'role trust policy', denies: 'the role trust policy' },
  resource: { allows: 'resource-based policy', denies: 'a resource-based policy' },
};

/** What a refusal names: the caller's ARN, the action, and the resource as that action words it, if it does. */
export interface Refused {
  readonly arn: string;
  readonly action: string;
  readonly resource: string | undefined;
}

/**
 * Says what was refused to whom, in AWS's words; with the denial, why.
 *
 * @example
 * // User: arn:aws:iam::123456789012:user/bob is not authorized to perform: iam:ListUsers on resource:
 * // arn:aws:iam::123456789012:user/ because no identity-based policy allows the iam:ListUsers action
 */
export function explainDenial({ arn, action, resource }: Refused, denial?: Denial): string {
  const wanted = resource === undefined ? action : `${action} on resource: ${resource}`;
  const refusal = `User: ${arn} is not authorized to perform: ${wanted}`;
  if (denial === undefined) return refusal;
  const { allows, denies } = wording[denial.layer];
  const implicit = `because no ${allows} allows the ${action} action`;
  return `${refusal} ${denial.kind === 'explicitDeny' ? `with an explicit deny in ${denies}` : implicit}`;
}
