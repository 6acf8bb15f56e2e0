/**
 * What a rule is: data that explains it, and a pure function from what is known of one user to verdicts. A fact that is
 * unknown gives the verdict `unknown`: no rule passes on it, and none takes it for an absence.
 */
import type { AccountFacts, KeyFacts, ServiceCredentialFacts, Source, UserFacts } from '../facts.ts';
import type { Frameworks } from './frameworks.ts';

/** From the least to the worst. */
export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** What a person may set of a rule in keyturn.yaml. Durations are milliseconds. */
export type Parameter =
  | { readonly kind: 'duration'; readonly default: number; readonly meaning: string }
  | { readonly kind: 'texts'; readonly default: readonly string[]; readonly meaning: string }
  | { readonly kind: 'severity'; readonly default: Severity; readonly meaning: string };

export type Parameters = Readonly<Record<string, Parameter>>;

type ValueOf<P extends Parameter> = P['kind'] extends 'duration'
  ? number
  : P['kind'] extends 'severity'
    ? Severity
    : readonly string[];
export type ValuesOf<P extends Parameters> = { readonly [name in keyof P]: ValueOf<P[name]> };
export type Values = Readonly<Record<string, number | Severity | readonly string[]>>;

/** A fact that a finding rests on: where it was read, and when it was true. */
export interface Evidence {
  /** AWS's word for it: `CreateDate`, `LastUsedDate`. */
  readonly fact: string;
  readonly value: string;
  readonly source: Source;
  readonly at: Date;
}

/** Whom a rule looks at. */
export interface Subject {
  readonly user: UserFacts;
  readonly account: AccountFacts;
  readonly now: Date;
}

/** What a verdict is about; neither member where it is about the user. */
export interface About {
  readonly key?: KeyFacts;
  readonly credential?: ServiceCredentialFacts;
}

export interface Found extends About {
  readonly kind: 'found';
  readonly message: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  /** Where it differs from the rule's. */
  readonly remedy?: string;
  /** Since when it has been so, as far as is known. */
  readonly since?: Date | undefined;
  readonly evidence: readonly Evidence[];
}

export interface NotKnown extends About {
  readonly kind: 'unknown';
  /** The missing fact, in words that follow "not known:". */
  readonly fact: string;
  readonly Reason: string;
}

export type Verdict = Found | NotKnown;

export interface Explanation<P extends Parameters = Parameters> {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters. */
  readonly rationale: string;
  /** What the reader should do. */
  readonly remedy: string;
  readonly frameworks: Frameworks;
  readonly parameters: P;
}

export interface Rule extends Explanation {
  readonly judge: (subject: Subject, values: Values) => readonly Verdict[];
}

/** A rule whose function is given the values of its own parameters. */
export function defineRule<const P extends Parameters>(
  rule: Explanation<P> & { readonly judge: (subject: Subject, values: ValuesOf<P>) => readonly Verdict[] },
): Rule {
  // The settings are read against the parameters, so the values have their types.
  return { ...rule, judge: (subject, values) => rule.judge(subject, values as ValuesOf<P>) };
}

/** The values that a rule has where nothing is set. */
export function readDefaults(parameters: Parameters): Values {
  return Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]));
}
