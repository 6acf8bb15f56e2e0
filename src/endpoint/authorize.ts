import { AwsFault } from '../protocol/fault.ts';
import type { Call } from './action.ts';
import type { AuthenticatedRequest } from './authenticate.ts';
import type { Directory } from './directory/directory.ts';
import type { Operation } from './operation.ts';

const authorized = Symbol('authorized');

/** An operation that its caller may carry out. Only {@link authorize} makes one. */
export interface AuthorizedOperation {
  readonly [authorized]: true;
  readonly operation: Operation;
  readonly call: Call<Record<string, unknown>>;
}

export interface AuthorizationContext {
  readonly directory: Directory;
  readonly now: Date;
  /** Whether permissions are looked at; without them every caller may do everything. */
  readonly authorization: boolean;
}

/** What every caller may do, whatever its policies say. */
const needsNoPermission: ReadonlySet<string> = new Set(['sts:GetCallerIdentity']);

/**
 * Lets an administrator do everything and any other caller nothing but what needs no permission.
 *
 * @throws AwsFault AccessDenied, or what the action throws where it cannot tell its resource
 */
export function authorize(
  { caller, administrator }: AuthenticatedRequest,
  operation: Operation,
  { directory, now, authorization }: AuthorizationContext,
): AuthorizedOperation {
  const call = { input: operation.input, caller, directory, now };
  const resource = operation.action.resource(call);
  const permission = `${operation.service.model.service}:${operation.name}`;
  if (authorization && !administrator && !needsNoPermission.has(permission)) {
    const wanted = resource === undefined ? permission : `${permission} on resource: ${resource}`;
    const reason = `because no identity-based policy allows the ${permission} action`;
    throw new AwsFault('AccessDenied', `User: ${caller.arn} is not authorized to perform: ${wanted} ${reason}`, 403);
  }
  return { [authorized]: true, operation, call };
}
