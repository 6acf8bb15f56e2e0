import type { Claim } from '../sigv4/claim.ts';
import { findHeader, type SignableRequest } from '../sigv4/request.ts';
import { cloudtrail, organizations } from './model/overlay.ts';
import { findTargetedAction } from './targeted-action.ts';

/** A service of the endpoint, by the name that a credential scope has for it. */
export type ServiceName = 'cloudtrail' | 'iam' | 'organizations' | 'sts';

/**
 * The service that a request is for. On AWS the host says so; here all have one, so that what X-Amz-Target names comes
 * first, then the scope of the signature. IAM where neither names one of ours, and then the scope is refused.
 */
export function findServiceName(request: SignableRequest, claim?: Pick<Claim, 'service'>): ServiceName {
  const target = findHeader(request, 'x-amz-target');
  if (findTargetedAction(target, organizations.targetPrefix) !== undefined) return 'organizations';
  if (findTargetedAction(target, cloudtrail.targetPrefix) !== undefined) return 'cloudtrail';
  const service = claim?.service;
  return service === 'sts' || service === 'organizations' || service === 'cloudtrail' ? service : 'iam';
}
