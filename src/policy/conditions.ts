/**
 * Whether the Condition block of a statement holds. A key that the request does not carry meets nothing: a comparison fails,
 * a negated one holds, `IfExists` and `ForAllValues` hold, `ForAnyValue` fails.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html,
 * reference_policies_condition-logic-multiple-context-keys-or-values.html and
 * reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import type { RequestContext } from './context.ts';
import type { ConditionTest, Effect } from './document.ts';
import type { Comparison } from './operators.ts';
import { resolveTemplate } from './template.ts';
import type { Resolved } from './template.ts';

/**
 * All tests are made, even behind a failed one, so that the context learns of every key that was wanted.
 *
 * @param effect of the statement whose tests they are
 */
export function holdConditions(tests: readonly ConditionTest[], context: RequestContext, effect: Effect): boolean {
  return tests.map((test) => holds(test, context, effect)).every(Boolean);
}

function holds({ operator, ...test }: ConditionTest, context: RequestContext, effect: Effect): boolean {
  const given = context.values(test.key);
  const expected = test.values.map((value) => resolveTemplate(value, context));
  const absent = given.length === 0;
  if (operator.kind === 'null') return expected.some((value) => (value?.text.toLowerCase() === 'true') === absent);
  const passes = (value: string) => passesOne(operator, expected, value, { simulated: context.simulated, effect });
  if (test.qualifier === 'ForAllValues') return given.every(passes);
  if (test.qualifier === 'ForAnyValue') return given.some(passes);
  if (absent) return test.ifExists || (operator.negated && expected.length > 0);
  // Without a qualifier a key that may have several values meets nothing, even with one.
  return !context.isMultivalued(test.key) && given.every(passes);
}

/**
 * Whether a value meets one of the policy's, or, negated, none. What a variable leaves open is met by nothing, and a test
 * without values passes nothing.
 */
function passesOne(
  { meets, negated, reads, unread, ...comparison }: Comparison,
  expected: readonly (Resolved | undefined)[],
  value: string,
  { simulated, effect }: { readonly simulated: boolean; readonly effect: Effect },
): boolean {
  const takes = (simulated ? comparison.takesSimulated : undefined) ?? comparison.takes;
  if (expected.length === 0 || takes?.(value) === false) return false;
  for (const policyValue of expected) {
    if (policyValue === undefined) continue;
    if (unread !== undefined && !reads(policyValue.text)) {
      if (unread === 'decides') return effect === 'Deny';
      if (simulated) return false;
    } else if (meets(policyValue, value)) return !negated;
  }
  return negated;
}
