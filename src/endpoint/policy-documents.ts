import type { Policy, PolicyKind } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse.ts';

/** More distinct documents than an organization has in use at a time. */
const mostKept = 10_000;

/** A document that has been read, and whether what it says depends on anything but action and resource. */
export interface CompiledPolicy {
  readonly policy: Policy;
  readonly readsContext: boolean;
}

/** Policy documents that were read before, by their text, for a bounded number of them: the oldest make room. */
export class PolicyDocuments {
  readonly #byKind = new Map<PolicyKind, Map<string, CompiledPolicy>>();

  /** @throws MalformedPolicyDocument */
  compile(text: string, kind: PolicyKind): CompiledPolicy {
    const kept = this.#findKind(kind);
    const known = kept.get(text);
    if (known !== undefined) return known;
    const policy = parsePolicy(text, kind);
    const compiled = { policy, readsContext: policy.statements.some(readsContext) };
    const [oldest] = kept.keys();
    if (kept.size === mostKept && oldest !== undefined) kept.delete(oldest);
    kept.set(text, compiled);
    return compiled;
  }

  #findKind(kind: PolicyKind): Map<string, CompiledPolicy> {
    const known = this.#byKind.get(kind);
    if (known !== undefined) return known;
    const made = new Map<string, CompiledPolicy>();
    this.#byKind.set(kind, made);
    return made;
  }
}

function readsContext({ conditions, resources }: Policy['statements'][number]): boolean {
  return conditions.length > 0 || resources?.members.some(({ settled }) => settled === undefined) === true;
}
