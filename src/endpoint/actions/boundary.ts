/** Permissions boundaries of users and roles: managed policies that say what an identity may do at most. */

import type { AwsFault } from '../../protocol/fault.ts';
import type { Call } from '../action.ts';
import { findManagedPolicy } from '../managed-policies.ts';
import { requireAttachable, requirePolicyArn } from './named-policy.ts';
import { refuse } from './refusals.ts';

/** @throws AwsFault InvalidInput for what is no policy's ARN, NoSuchEntity for a policy that is not there, PolicyNotAttachable */
export function requireBoundary({ caller, directory }: Call<unknown>, arn: string, kind: 'user' | 'role'): void {
  requirePolicyArn(arn);
  requireAttachable(arn, kind);
  if (findManagedPolicy(directory, caller.accountId, arn) === undefined) {
    throw refuse('NoSuchEntity', `Scope ARN: ${arn} does not exist or is not attachable.`);
  }
}

/** In words of our own. */
export function refuseNoBoundary(kind: 'user' | 'role', name: string): AwsFault {
  return refuse('NoSuchEntity', `The ${kind} with name ${name} has no permissions boundary.`);
}

/** As IAM shows a boundary; undefined where there is none. */
export function describeBoundary(
  PermissionsBoundaryArn: string | undefined,
): { PermissionsBoundaryType: 'Policy'; PermissionsBoundaryArn: string } | undefined {
  if (PermissionsBoundaryArn === undefined) return undefined;
  return { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn };
}
