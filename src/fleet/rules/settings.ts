/** What keyturn.yaml says about rules, as values. */
import type { Exclusion } from './exclusion.ts';
import { readDefaults, type Rule, type Severity, type Values } from './rule.ts';

export interface RuleSettings {
  readonly off?: boolean;
  readonly severity?: Severity;
  /** Of the rule's parameters, those that are set. */
  readonly values?: Values;
}

export interface AuditSettings {
  /** By the id of the rule. */
  readonly rules: Readonly<Record<string, RuleSettings>>;
  readonly exclusions: readonly Exclusion[];
}

export const defaultSettings: AuditSettings = { rules: {}, exclusions: [] };

/** A rule as it is in force. */
export interface RuleInForce {
  readonly off: boolean;
  readonly severity: Severity;
  readonly values: Values;
}

export function applySettings(rule: Rule, settings: AuditSettings): RuleInForce {
  const set = settings.rules[rule.id];
  return {
    off: set?.off === true,
    severity: set?.severity ?? rule.severity,
    values: { ...readDefaults(rule.parameters), ...set?.values },
  };
}
