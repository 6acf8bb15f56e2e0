import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../src/policy/decision.ts';
import { evaluate } from '../../../src/policy/evaluate.ts';
import { buildLayers, buildRequest, readEvaluationFiles } from './vectors.ts';

/** As the vectors word it: what was decided, by which Sid (`?` for none), in which layer. */
function summarize(decision: Decision): string {
  if (decision.kind === 'implicitDeny') return `implicitDeny in ${decision.layer}`;
  return `${decision.kind} by ${decision.by?.Sid ?? '?'} in ${decision.by?.layer ?? 'nothing'}`;
}

const files = readEvaluationFiles();

describe.each(files)('$theme', (file) => {
  it.each(file.cases)('$name', (vector) => {
    const decision = evaluate(buildRequest(file, vector), buildLayers(file, vector));
    expect(summarize(decision)).toBe(vector.expected);
    if (vector.missing !== undefined) expect(decision.missingContextKeys).toEqual(vector.missing);
  });
});

it('has at least 330 cases', () => {
  expect(files.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(330);
});
