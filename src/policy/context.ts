/**
 * What is known about a request, by condition key: a value, or a list for a multivalued key. Tags are keys of their own
 * (`aws:PrincipalTag/team`). The names of keys are not case-sensitive.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export type ContextMap = Readonly<Record<string, string | readonly string[]>>;

/** The context of one evaluation. It notes which keys were asked for in vain, because simulations report them. */
export class RequestContext {
  /** Whether the request is only thought of, which AWS compares somewhat differently. */
  readonly simulated: boolean;
  readonly #values: ReadonlyMap<string, string | readonly string[]>;
  readonly #missing = new Map<string, string>();

  constructor(map: ContextMap, simulated = false) {
    this.simulated = simulated;
    this.#values = new Map(Object.entries(map).map(([key, value]) => [key.toLowerCase(), value]));
  }

  /** The values of a key; none when the request does not carry it. */
  values(key: string): readonly string[] {
    const name = key.toLowerCase();
    const values = this.#values.get(name);
    if (values === undefined && !this.#missing.has(name)) this.#missing.set(name, key);
    return typeof values === 'string' ? [values] : (values ?? []);
  }

  /** Whether the request may carry several values of a key, however many it does. */
  isMultivalued(key: string): boolean {
    return typeof this.#values.get(key.toLowerCase()) === 'object';
  }

  /** The keys asked for that the request does not carry, as the policies spell them, in the order of asking. */
  get missingKeys(): readonly string[] {
    return [...this.#missing.values()];
  }
}
