/** Names that lead to a loopback interface wherever they are resolved. */
const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a Host header names this endpoint. A web page whose own name resolves to 127.0.0.1 (DNS rebinding) sends that
 * name, and is refused.
 *
 * @param names other names to answer to, an IPv6 address with or without its brackets, in any case, without a port
 */
export class AllowedHosts {
  readonly #names: ReadonlySet<string>;

  constructor(names: readonly string[]) {
    this.#names = new Set([...loopbackNames, ...names.map(normalize)]);
  }

  has(host: string | undefined): boolean {
    return host !== undefined && this.#names.has(host.replace(/:\d+$/, '').toLowerCase());
  }
}

function normalize(name: string): string {
  const isBareAddress = name.includes(':') && !name.startsWith('[');
  return (isBareAddress ? `[${name}]` : name).toLowerCase();
}
