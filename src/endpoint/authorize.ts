import type { AccessRequest, Denial, PolicyLayers } from '../policy/decision.ts';
import { coversAction } from '../policy/actions.ts';
import { evaluate } from '../policy/evaluate.ts';
import { explainDenial } from '../policy/explain.ts';
import type { Caller as Principal } from '../policy/principals.ts';
import { AwsFault } from '../protocol/fault.ts';
import type { Call } from './action.ts';
import type { AuthenticatedRequest } from './authenticate.ts';
import type { Caller } from './caller.ts';
import type { Directory } from './directory/directory.ts';
import type { EventHistory } from './event-history.ts';
import type { Operation } from './operation.ts';
import type { Layers, Permissions } from './permissions.ts';
import type { ReceivedRequest } from './received-request.ts';
import { describeContext } from './request-context.ts';
import { nameResource, toResource, type NamedResource, type Resource } from './resource.ts';

const authorized = Symbol('authorized');

/** An operation that its caller may carry out. Only {@link authorize} makes one. */
export interface AuthorizedOperation {
  readonly [authorized]: true;
  readonly operation: Operation;
  readonly call: Call<Record<string, unknown>>;
}

export interface AuthorizationContext {
  readonly directory: Directory;
  readonly permissions: Permissions;
  readonly request: ReceivedRequest;
  readonly now: Date;
  /** Whether permissions are looked at; without them every caller may do everything. */
  readonly authorization: boolean;
  readonly usersQuota: number;
  readonly history: EventHistory;
}

/** A permission that a request needs, and on what. */
interface Need {
  readonly permission: string;
  readonly named: NamedResource;
}

/** What every caller may do, whatever its policies say. */
const needsNoPermission: ReadonlySet<string> = new Set(['sts:GetCallerIdentity', 'sts:GetSessionToken']);

/**
 * Lets a caller do what the policies in force allow.
 *
 * @throws AwsFault AccessDenied, or what the action throws where it cannot tell its resource
 */
export function authorize(
  { caller, claim }: AuthenticatedRequest,
  operation: Operation,
  context: AuthorizationContext,
): AuthorizedOperation {
  const { directory, permissions, now, authorization, usersQuota, history } = context;
  const { input, action } = operation;
  const call = { input, caller, directory, permissions, now, region: claim.region, usersQuota, history };
  const named = action.resource(call);
  const resource = toResource(named);
  const permission = `${operation.service.model.service}:${operation.name}`;
  if (authorization && !needsNoPermission.has(permission)) {
    const inForce = findPolicies(permissions, caller, resource);
    const isAtHome = (resource.accountId ?? caller.accountId) === caller.accountId;
    for (const need of listNeeds(operation, call, { permission, named })) {
      if (isAtHome && isSettled(inForce, need)) continue;
      const denial = findDenial(call, need, inForce, context.request);
      if (denial !== undefined) throw refuse(caller, need, denial);
    }
  }
  return { [authorized]: true, operation, call };
}

/** All that an operation needs, in the order in which it is asked for. */
function listNeeds({ action }: Operation, call: Call<Record<string, unknown>>, { permission, named }: Need): Need[] {
  const permissions = [...(action.alsoNeeds?.(call) ?? []), permission];
  const passed = action.passes?.(call);
  const passing = passed === undefined ? [] : [{ permission: 'iam:PassRole', named: passed }];
  return [...permissions.map((needed) => ({ permission: needed, named })), ...passing];
}

/** Whether policies are known to allow something within the account without a look at the request. */
function isSettled({ denials }: Layers, { permission }: Need): boolean {
  return denials?.some(({ actions }) => coversAction(actions, permission)) === false;
}

function findPolicies(permissions: Permissions, caller: Caller, { arn, trustPolicy }: Resource): Layers {
  const found = permissions.find(caller);
  if (trustPolicy === undefined) return found;
  const trust = permissions.compile(trustPolicy, 'trust', arn);
  const layers: PolicyLayers = { ...found.layers, trust: trust.policy };
  return { layers, keys: new Set([...found.keys, ...trust.keys]) };
}

function findDenial(
  call: Call<Record<string, unknown>>,
  { permission, named }: Need,
  { layers, keys }: Layers,
  request: ReceivedRequest,
): Denial | undefined {
  const resource = toResource(named);
  const wanted: AccessRequest = {
    action: permission,
    resource: resource.arn,
    resourceAccountId: resource.accountId,
    caller: toPrincipal(call.caller),
    context: describeContext({ call, resource, request }, keys),
  };
  const decision = evaluate(wanted, layers);
  return decision.kind === 'allowed' ? undefined : decision;
}

function toPrincipal(caller: Caller): Principal {
  const { arn, accountId } = caller;
  if (caller.kind === 'role' || caller.kind === 'federated') {
    return { arn, accountId, issuerArn: caller.issuerArn, uniqueId: caller.issuerId };
  }
  return { arn, accountId, uniqueId: caller.userId };
}

/** Of a role that is not the caller's to assume, AWS does not say whether it is there, nor whose policy does not allow. */
function refuse({ arn }: Caller, { permission: action, named }: Need, denial: Denial): AwsFault {
  const { trustPolicy, silent = denial.kind === 'implicitDeny' && trustPolicy !== undefined } = toResource(named);
  const refused = { arn, action, resource: nameResource(named) };
  return new AwsFault('AccessDenied', explainDenial(refused, silent ? undefined : denial), 403);
}
