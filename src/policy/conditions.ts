/**
 * Whether the Condition block of a statement holds. A key that the request does not carry meets nothing: a comparison fails,
 * a negated one holds, `IfExists` and `ForAllValues` hold, `ForAnyValue` fails.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html,
 * reference_policies_condition-logic-multiple-context-keys-or-values.html and
 * reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import type { RequestContext } from './context.ts';
import type { ConditionTest } from './document.ts';
import type { Comparison } from './operators.ts';
import { resolveTemplate } from './template.ts';
import type { Resolved } from './template.ts';

/** All tests are made, even behind a failed one, so that the context learns of every key that was wanted. */
export function holdConditions(tests: readonly ConditionTest[], context: RequestContext): boolean {
  return tests.map((test) => holds(test, context)).every(Boolean);
}

function holds({ operator, ...test }: ConditionTest, context: RequestContext): boolean {
  const given = context.values(test.key);
  const expected = test.values.map((value) => resolveTemplate(value, context));
  const absent = given.length === 0;
  if (operator.kind === 'null') return expected.some((value) => (value?.text.toLowerCase() === 'true') === absent);
  if (absent && test.ifExists) return true;
  return combine(test.qualifier, operator, given, (value) => passes(operator, expected, value));
}

/** Whether a value meets one of the policy's, or, negated, none; what a variable leaves open can be neither. */
function passes({ meets, negated }: Comparison, expected: readonly (Resolved | undefined)[], value: string): boolean {
  if (negated) return expected.every((policyValue) => policyValue !== undefined && !meets(policyValue, value));
  return expected.some((policyValue) => policyValue !== undefined && meets(policyValue, value));
}

/**
 * Several values of one key are joined by the qualifier, for which an empty string is no value. Without one a comparison
 * needs one value that passes, a negated one needs all to pass.
 */
function combine(
  qualifier: ConditionTest['qualifier'],
  { negated }: Comparison,
  given: readonly string[],
  passes: (value: string) => boolean,
): boolean {
  const filled = given.filter((value) => value !== '');
  if (qualifier === 'ForAllValues') return filled.every(passes);
  if (qualifier === 'ForAnyValue') return filled.some(passes);
  return negated ? given.every(passes) : given.some(passes);
}
