/** A policy document that has been read: what the evaluator works on. */
import type { Position } from './json.ts';
import type { Operator } from './operators.ts';
import type { Pattern } from './pattern.ts';
import type { Template } from './template.ts';

/**
 * What a document is for, which decides its grammar: `inline` and `managed` policies of users, groups and roles (a
 * permissions boundary is a managed policy), `session` policies given to STS, a role's `trust` policy, what a simulation is
 * given (`simulated`, and the policy of a `resource`), and the service control policies (`scp`) of an organization.
 */
export type PolicyKind = 'inline' | 'managed' | 'simulated' | 'session' | 'trust' | 'resource' | 'scp';

export type Effect = 'Allow' | 'Deny';

export interface Policy {
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly Sid: string | undefined;
  readonly Effect: Effect;
  /** Whom it is about; absent in policies of identities, which are about the identity. */
  readonly principals: Listed<Principal> | undefined;
  readonly actions: ListedActions;
  /** What it is about; absent in trust policies, which are about the role. */
  readonly resources: Listed<Template> | undefined;
  readonly conditions: readonly ConditionTest[];
  /** Where it stands in the text, as AWS counts in a simulation's MatchedStatements. */
  readonly StartPosition: Position;
  readonly EndPosition: Position;
}

/** An element and its Not form: `Action` lists what is meant, `NotAction` what is not. */
export interface Listed<T> {
  readonly negated: boolean;
  readonly members: readonly T[];
}

/** Action or NotAction. */
export interface ListedActions {
  readonly negated: boolean;
  /**
   * The patterns by the service they are about, so that a request is not held against those of all others; under `*` those
   * with wildcards in the service. Lower case, as the names of actions are not case-sensitive.
   */
  readonly byService: ReadonlyMap<string, readonly Pattern[]>;
}

export interface Principal {
  readonly type: 'Any' | 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  readonly name: string;
}

/** One key of a Condition block under its operator. */
export interface ConditionTest {
  readonly qualifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly operator: Operator;
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly Template[];
}
