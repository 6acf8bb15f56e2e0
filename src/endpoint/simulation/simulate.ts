/**
 * The evaluator with a door: what it would decide, action by action and resource by resource.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
 */

import type { ContextMap } from '../../policy/context.ts';
import type { Decision, MatchedStatement, Outcome, PolicyInForce, PolicyLayers } from '../../policy/decision.ts';
import type { PolicyKind } from '../../policy/document.ts';
import { evaluate } from '../../policy/evaluate.ts';
import { MalformedPolicyDocument } from '../../policy/malformed.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { OutputOf } from '../../protocol/model.ts';
import { refuse } from '../actions/refusals.ts';
import type { iam } from '../model/overlay.ts';
import { composeContext, type ContextEntry, type HypotheticalCaller } from './context.ts';
import { requireScenario } from './resource-handling.ts';
import type { PolicySource, SimulatedPrincipal } from './sources.ts';

/** What a simulation is asked, beside the policies of a principal. */
export interface Question {
  readonly ActionNames: readonly string[];
  readonly PolicyInputList?: readonly string[] | undefined;
  readonly PermissionsBoundaryPolicyInputList?: readonly string[] | undefined;
  readonly ResourceArns?: readonly string[] | undefined;
  readonly ResourcePolicy?: string | undefined;
  readonly ResourceOwner?: string | undefined;
  readonly CallerArn?: string | undefined;
  readonly ContextEntries?: readonly ContextEntry[] | undefined;
  readonly ResourceHandlingOption?: string | undefined;
}

type Answer = NonNullable<OutputOf<typeof iam, 'SimulateCustomPolicy'>['EvaluationResults']>[number];

/** One request that is thought through. */
interface Trial {
  readonly layers: PolicyLayers;
  readonly caller: HypotheticalCaller | undefined;
  readonly context: ContextMap;
  readonly resourceAccountId: string | undefined;
}

/**
 * A simulation that is ready to answer for actions, one by one.
 *
 * @param principal whose policies take part, if any do
 * @throws AwsFault InvalidInput for a question that makes no sense
 */
export function prepareSimulation(
  question: Question,
  accountId: string,
  principal: SimulatedPrincipal | undefined,
): (action: string) => Answer {
  const { ResourceArns = [], ActionNames, ResourceHandlingOption } = question;
  const resources = ResourceArns.length === 0 ? ['*'] : ResourceArns;
  for (const resource of resources) requireResource(resource, resources.length);
  if (ActionNames.some((name) => !name.includes(':'))) {
    throw refuse('InvalidInput', 'The action is invalid since it is missing names');
  }
  if (ResourceHandlingOption !== undefined) requireScenario(ResourceHandlingOption, ActionNames);
  const caller = readCaller(question.CallerArn ?? principal?.arn, principal);
  if (question.ResourcePolicy !== undefined) requireResourceCaller(caller, resources);
  const layers = compileLayers(question, principal);
  const context = composeContext(question.ContextEntries ?? [], caller, accountId);
  const resourceAccountId = readOwner(question.ResourceOwner);
  return (action) => answer(action, resources, { layers, caller, context, resourceAccountId });
}

function requireResource(resource: string, count: number): void {
  if (resource === '*' && count === 1) return;
  if (/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(resource)) return;
  throw refuse('InvalidInput', `ResourceNames are not in a valid ARN format: ${resource}.`);
}

function readCaller(
  arn: string | undefined,
  principal: SimulatedPrincipal | undefined,
): HypotheticalCaller | undefined {
  if (arn === undefined) return undefined;
  const [, accountId, kind, name] = /^arn:aws:iam::(\d{12}):(user|group|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (accountId === undefined || name === undefined) {
    throw refuse('InvalidInput', 'Invalid caller - Caller must be an IAM user, role or group in this context.');
  }
  const uniqueId = arn === principal?.arn ? principal.uniqueId : undefined;
  return { arn, accountId, uniqueId, UserName: kind === 'user' ? name : undefined };
}

function requireResourceCaller(caller: HypotheticalCaller | undefined, resources: readonly string[]): void {
  if (caller === undefined) throw refuse('InvalidInput', 'Invalid caller - Caller cannot be null or empty.');
  if (resources.includes('*')) {
    throw refuse('InvalidInput', 'Invalid Entity Arn: * does not clearly define entity type and name.');
  }
}

function readOwner(arn: string | undefined): string | undefined {
  if (arn === undefined) return undefined;
  const [, accountId] = /^arn:[^:]+:iam::(\d{12}):.+$/.exec(arn) ?? [];
  if (accountId === undefined) throw refuse('InvalidInput', 'Invalid Resource Owner.');
  return accountId;
}

function compileLayers(question: Question, principal: SimulatedPrincipal | undefined): PolicyLayers {
  const { PolicyInputList = [], PermissionsBoundaryPolicyInputList: boundaries = [], ResourcePolicy } = question;
  if (boundaries.length > 1) {
    throw refuse('InvalidInput', 'The list of Permissions Boundary policies cannot exceed 1 items.');
  }
  const inputs = PolicyInputList.map((document, index) => ({ id: `PolicyInputList.${index + 1}`, document }));
  const given = boundaries.map((document) => ({ id: 'PermissionsBoundaryPolicyInputList.1', document }));
  const boundary = given[0] ?? principal?.boundary;
  const limits = principal?.limits;
  return {
    identity: [
      ...(principal?.identity ?? []).map((source) => compile(source, source.kind)),
      ...inputs.map((source) => compile(source, 'simulated')),
    ],
    boundary: boundary && compile(boundary, 'managed', 'Permissions Boundary Policy'),
    scp: limits?.map((level) => level.map((source) => compile(source, 'scp', 'Service Control Policy'))),
    resource:
      ResourcePolicy === undefined
        ? undefined
        : compile({ id: 'ResourcePolicy', document: ResourcePolicy }, 'resource', 'Resource Policy'),
  };
}

function compile(
  { id, document }: Pick<PolicySource, 'id' | 'document'>,
  kind: PolicyKind,
  SourcePolicyType = 'IAM Policy',
): PolicyInForce {
  try {
    return { SourcePolicyId: id, SourcePolicyType, policy: parsePolicy(document, kind) };
  } catch (error) {
    if (error instanceof MalformedPolicyDocument) throw refuse('InvalidInput', error.message);
    throw error;
  }
}

/** Every resource must be allowed for the action to be; a deny of one is a deny of all. */
function answer(action: string, resources: readonly string[], trial: Trial): Answer {
  const decisions = resources.map((resource) => decide(action, resource, trial));
  const explicit = resources[0] !== '*';
  return {
    EvalActionName: action,
    // AWS shows the form of the action's resources where there are several; that takes a catalogue of all actions.
    EvalResourceName: resources.length === 1 ? resources[0] : '*',
    EvalDecision: joinOutcomes(decisions.map(({ kind }) => kind)),
    MatchedStatements: describeStatements(decisions.flatMap(listDeciding)),
    MissingContextValues: [...new Set(decisions.flatMap(({ missingContextKeys }) => missingContextKeys))],
    OrganizationsDecisionDetail: trial.layers.scp && {
      AllowedByOrganizations: decisions.every(({ outcomes }) => outcomes.scp === 'allowed'),
    },
    ...describeBoundary(trial, decisions),
    EvalDecisionDetails: explicit ? describeAbroad(trial, decisions) : undefined,
    ResourceSpecificResults: explicit
      ? decisions.map((decision, index) => describeDecision(resources[index] ?? '', decision, trial))
      : undefined,
  };
}

function decide(action: string, resource: string, { layers, caller, context, resourceAccountId }: Trial): Decision {
  return evaluate({ action, resource, resourceAccountId, caller, context, simulated: true }, layers);
}

function joinOutcomes(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('explicitDeny')) return 'explicitDeny';
  return outcomes.includes('implicitDeny') ? 'implicitDeny' : 'allowed';
}

/** The statements that made the decision: those that allow where it is allowed, those that deny where it is denied. */
function listDeciding({ kind, matched }: Decision): readonly MatchedStatement[] {
  if (kind === 'explicitDeny') return matched.filter(({ Effect }) => Effect === 'Deny');
  if (kind === 'implicitDeny') return [];
  return matched.filter(({ Effect, layer }) => Effect === 'Allow' && (layer === 'identity' || layer === 'resource'));
}

function describeStatements(statements: readonly MatchedStatement[]) {
  const distinct = new Map(
    statements.map(({ SourcePolicyId, SourcePolicyType, StartPosition, EndPosition }) => [
      `${SourcePolicyId} ${StartPosition.Line}:${StartPosition.Column}`,
      { SourcePolicyId, SourcePolicyType, StartPosition, EndPosition },
    ]),
  );
  return [...distinct.values()];
}

function describeBoundary({ layers }: Trial, decisions: readonly Decision[]) {
  if (layers.boundary === undefined) return {};
  const allowed = decisions.every(({ outcomes }) => outcomes.boundary === 'allowed');
  return { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allowed } };
}

/** Said of both sides where caller and resource are in different accounts; of none where they are in one. */
function describeAbroad({ caller, resourceAccountId }: Trial, decisions: readonly Decision[]) {
  if (caller === undefined || resourceAccountId === undefined || caller.accountId === resourceAccountId) return {};
  const join = (layer: 'identity' | 'resource') =>
    joinOutcomes(decisions.map(({ outcomes }) => outcomes[layer] ?? 'implicitDeny'));
  return { 'IAM Policy': join('identity'), 'Resource Policy': join('resource') };
}

function describeDecision(EvalResourceName: string, decision: Decision, trial: Trial) {
  return {
    EvalResourceName,
    EvalResourceDecision: decision.kind,
    MatchedStatements: describeStatements(listDeciding(decision)),
    MissingContextValues: decision.missingContextKeys,
    ...describeBoundary(trial, [decision]),
  };
}
