import type { Policy, PolicyKind, Statement } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { Template } from '../policy/template.ts';
import { BoundedMap } from './bounded-map.ts';

/** More distinct documents than an organization has in use at a time. */
const mostKept = 2_000;

/** A document that has been read. */
export interface CompiledPolicy {
  readonly policy: Policy;
  /** The condition keys and variables that it names, in lower case. */
  readonly keys: readonly string[];
}

/** Policy documents that were read before, by their text, for a bounded number of them: the oldest make room. */
export class PolicyDocuments {
  readonly #byKind = new Map<PolicyKind, BoundedMap<string, CompiledPolicy>>();

  /** @throws MalformedPolicyDocument */
  compile(text: string, kind: PolicyKind): CompiledPolicy {
    const kept = this.#findKind(kind);
    const known = kept.get(text);
    if (known !== undefined) return known;
    const policy = parsePolicy(text, kind);
    const compiled = { policy, keys: [...new Set(policy.statements.flatMap(listKeys))] };
    kept.set(text, compiled);
    return compiled;
  }

  #findKind(kind: PolicyKind): BoundedMap<string, CompiledPolicy> {
    const known = this.#byKind.get(kind);
    if (known !== undefined) return known;
    const made = new BoundedMap<string, CompiledPolicy>(mostKept);
    this.#byKind.set(kind, made);
    return made;
  }
}

function listKeys({ conditions, resources }: Statement): readonly string[] {
  const templates = [...(resources?.members ?? []), ...conditions.flatMap(({ values }) => values)];
  return [...conditions.map(({ key }) => key), ...templates.flatMap(listVariables)].map((key) => key.toLowerCase());
}

function listVariables({ settled, parts }: Template): readonly string[] {
  return settled === undefined ? parts.flatMap((part) => ('key' in part ? [part.key] : [])) : [];
}
