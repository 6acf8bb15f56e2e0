/** The question the evaluator is asked, and its answer. */
import type { ContextMap } from './context.ts';
import type { Effect, Policy } from './document.ts';
import type { Position } from './json.ts';
import type { Caller } from './principals.ts';

export interface AccessRequest {
  /** `service:Name`, as in `iam:CreateAccessKey`. */
  readonly action: string;
  /** An ARN, or `*` for an action that knows no resources. */
  readonly resource: string;
  /** The account the resource is in; the caller's where absent. */
  readonly resourceAccountId?: string | undefined;
  /** Absent only where policies are simulated for nobody in particular. */
  readonly caller?: Caller | undefined;
  readonly context: ContextMap;
  /** Whether nobody makes it. */
  readonly simulated?: boolean | undefined;
}

/** A policy and where it comes from, in the words of a simulation's answer. */
export interface PolicyInForce {
  readonly SourcePolicyId: string;
  readonly SourcePolicyType: string;
  readonly policy: Policy;
}

/** The policies in force, by layer. A layer that is absent limits nothing; one that is empty allows nothing. */
export interface PolicyLayers {
  /** Of the user and its groups, or of the role: inline and managed. */
  readonly identity: readonly PolicyInForce[];
  readonly boundary?: PolicyInForce | undefined;
  /** Given when the session was made. A federated user has this layer even when none was given. */
  readonly session?: readonly PolicyInForce[] | undefined;
  /** Of the caller's organization, level by level from the root to the account; each level must allow. */
  readonly scp?: readonly (readonly PolicyInForce[])[] | undefined;
  /** Of the role to be assumed, which must allow. */
  readonly trust?: PolicyInForce | undefined;
  /** Of any other resource, which within one account is an alternative to the identity's. */
  readonly resource?: PolicyInForce | undefined;
}

export type Layer = keyof PolicyLayers;

export interface MatchedStatement {
  readonly layer: Layer;
  readonly SourcePolicyId: string;
  readonly SourcePolicyType: string;
  readonly Sid: string | undefined;
  readonly Effect: Effect;
  readonly StartPosition: Position;
  readonly EndPosition: Position;
}

export type Outcome = 'allowed' | 'explicitDeny' | 'implicitDeny';

interface Findings {
  /** Every statement that applies to the request, layer by layer. */
  readonly matched: readonly MatchedStatement[];
  /** What each layer in force says by itself. */
  readonly outcomes: Readonly<Partial<Record<Layer, Outcome>>>;
  /** Condition keys and variables that were wanted and not in the context. */
  readonly missingContextKeys: readonly string[];
}

export type Denial = Findings &
  (
    | { readonly kind: 'explicitDeny'; readonly layer: Layer; readonly by: MatchedStatement }
    | { readonly kind: 'implicitDeny'; readonly layer: Layer }
  );

/** `by` is the statement that grants, or undefined for an account's root user, who needs none. */
export type Decision = Denial | (Findings & { readonly kind: 'allowed'; readonly by: MatchedStatement | undefined });
