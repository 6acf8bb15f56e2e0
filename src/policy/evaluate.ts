/**
 * What the policies in force say of a request: an explicit deny anywhere decides; without one, every layer that applies must
 * allow.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { coversAction } from './actions.ts';
import { holdConditions } from './conditions.ts';
import { RequestContext } from './context.ts';
import type {
  AccessRequest,
  Decision,
  Layer,
  MatchedStatement,
  Outcome,
  PolicyInForce,
  PolicyLayers,
} from './decision.ts';
import type { Statement } from './document.ts';
import { coversCaller, findReach } from './principals.ts';
import type { Caller, Reach } from './principals.ts';
import { coversResource } from './resources.ts';

/**
 * Decides a request.
 *
 * @example
 * const policy = parsePolicy(text, 'inline');
 * const identity = [{ SourcePolicyId: 'own-keys', SourcePolicyType: 'user', policy }];
 * evaluate({ action: 'iam:CreateAccessKey', resource: caller.arn, caller, context: { 'aws:username': 'bob' } }, { identity });
 */
export function evaluate(request: AccessRequest, layers: PolicyLayers): Decision {
  const context = new RequestContext(request.context, request.simulated);
  const applies = (statement: Statement): boolean =>
    appliesTo(statement, request, context, layers.boundary !== undefined);
  const found = listLevels(layers, isAbroad(request)).map(([layer, levels]) => findInLayer(layer, levels, applies));
  const findings = {
    matched: found.flatMap(({ matches }) => matches.map(({ matched }) => matched)),
    outcomes: Object.fromEntries(found.map(({ layer, outcome }) => [layer, outcome])),
    missingContextKeys: context.missingKeys,
  };

  const deny = findings.matched.find(({ Effect }) => Effect === 'Deny');
  if (deny !== undefined) return { ...findings, kind: 'explicitDeny', layer: deny.layer, by: deny };
  const silent = found.find(({ layer, outcome }) => outcome !== 'allowed' && !isWaived(layer, found, request));
  if (silent !== undefined) return { ...findings, kind: 'implicitDeny', layer: silent.layer };
  return { ...findings, kind: 'allowed', by: findGrant(findings.matched) };
}

type Level = readonly PolicyInForce[];

/**
 * The layers in force, each as levels that must all allow (only service control policies have more than one), in the order
 * in which AWS looks for one that does not. A resource of another account without a policy lets nobody in.
 */
function listLevels(layers: PolicyLayers, abroad: boolean): readonly (readonly [Layer, readonly Level[]])[] {
  const closed = abroad && layers.trust === undefined && layers.resource === undefined;
  const all: readonly (readonly [Layer, readonly Level[]])[] = [
    ['scp', layers.scp ?? []],
    ['trust', toLevels(layers.trust)],
    ['resource', closed ? [[]] : toLevels(layers.resource)],
    ['identity', [layers.identity]],
    ['boundary', toLevels(layers.boundary)],
    ['session', layers.session === undefined ? [] : [layers.session]],
  ];
  return all.filter(([, levels]) => levels.length > 0);
}

function toLevels(policy: PolicyInForce | undefined): readonly Level[] {
  return policy === undefined ? [] : [[policy]];
}

interface Match {
  readonly statement: Statement;
  readonly matched: MatchedStatement;
}

interface LayerFinding {
  readonly layer: Layer;
  readonly matches: readonly Match[];
  readonly outcome: Outcome;
}

function findInLayer(layer: Layer, levels: readonly Level[], applies: (statement: Statement) => boolean): LayerFinding {
  const matches = levels.map((level) =>
    level.flatMap((source) => {
      const statements = source.policy.statements.filter(applies);
      return statements.map((statement) => ({ statement, matched: describeMatch(layer, source, statement) }));
    }),
  );
  return { layer, matches: matches.flat(), outcome: judge(matches) };
}

function appliesTo(statement: Statement, request: AccessRequest, context: RequestContext, bounded: boolean): boolean {
  const { Effect, principals, actions, resources, conditions } = statement;
  return (
    coversAction(actions, request.action) &&
    (principals === undefined || coversCaller(principals, request.caller, bounded)) &&
    coversResource(resources, request.resource, context) &&
    holdConditions(conditions, context, Effect)
  );
}

function describeMatch(layer: Layer, source: PolicyInForce, statement: Statement): MatchedStatement {
  const { SourcePolicyId, SourcePolicyType } = source;
  const { Sid, Effect, StartPosition, EndPosition } = statement;
  return { layer, SourcePolicyId, SourcePolicyType, Sid, Effect, StartPosition, EndPosition };
}

function judge(levels: readonly (readonly Match[])[]): Outcome {
  const has = (level: readonly Match[], effect: Statement['Effect']): boolean =>
    level.some(({ statement }) => statement.Effect === effect);
  if (levels.some((level) => has(level, 'Deny'))) return 'explicitDeny';
  return levels.every((level) => has(level, 'Allow')) ? 'allowed' : 'implicitDeny';
}

/** Within one account, what a policy of the resource grants by name needs no allow of these layers. */
const waivedBy: Readonly<Record<Reach, readonly Layer[]>> = {
  direct: ['identity', 'boundary', 'session'],
  issuer: ['identity'],
  account: [],
};

/**
 * Whether a request can do without the allow of a layer: the root user without policies of its own, a request within one
 * account without the resource's policy (save a trust policy), and without the layers that policy stands in for.
 */
function isWaived(layer: Layer, found: readonly LayerFinding[], request: AccessRequest): boolean {
  const { caller } = request;
  if (caller?.arn.endsWith(':root') === true && (layer === 'identity' || layer === 'boundary')) return true;
  if (isAbroad(request)) return false;
  return (
    layer === 'resource' ||
    (caller !== undefined && findReaches(found, caller).some((reach) => waivedBy[reach].includes(layer)))
  );
}

function isAbroad({ caller, resourceAccountId }: AccessRequest): boolean {
  return caller !== undefined && resourceAccountId !== undefined && resourceAccountId !== caller.accountId;
}

/** How the statements of the resource's policy that apply mean the caller. None of them denies when this is asked. */
function findReaches(found: readonly LayerFinding[], caller: Caller): readonly Reach[] {
  return found
    .filter(({ layer }) => layer === 'trust' || layer === 'resource')
    .flatMap(({ matches }) => matches.map(({ statement }) => findReach(statement.principals?.members ?? [], caller)))
    .filter((reach) => reach !== undefined);
}

/** The statement that grants: the identity's own, else the resource's. The other layers only limit. */
function findGrant(matched: readonly MatchedStatement[]): MatchedStatement | undefined {
  const grants: readonly Layer[] = ['identity', 'trust', 'resource'];
  return grants.map((layer) => matched.find((match) => match.layer === layer)).find((match) => match !== undefined);
}
