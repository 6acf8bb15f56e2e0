/** In which order findings are shown: the worst first. */
import { severities, type Severity } from './rule.ts';
import { rules } from './rules.ts';
import type { Finding } from './judge.ts';

const day = 86_400_000;
const places = new Map(rules.map(({ id }, index) => [id, rules.length - index]));

/** The rank of a severity: 0 for low. */
export function rankSeverity(severity: Severity): number {
  return severities.indexOf(severity);
}

/** Whether a severity is at or above another. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return rankSeverity(severity) >= rankSeverity(threshold);
}

/** How dangerous a finding is, as a number: severity first, then the rule, then for how many days it has been so. */
export function rankDanger({ severity, rule, since }: Finding, now: Date): number {
  const days = since === undefined ? 0 : Math.floor((now.getTime() - since.getTime()) / day);
  return rankSeverity(severity) * 1e7 + (places.get(rule) ?? 0) * 1e5 + Math.min(99_999, Math.max(0, days));
}
