const harmless = ['code', 'errno', 'syscall', 'hostname', 'address', 'port', 'Code', 'Type', '$fault'] as const;
const deepest = 3;

/**
 * A copy of an error of the SDK that can be printed to any depth: name, message, stack and what identifies it.
 *
 * The SDK's own carries the answer (and with it a new key's secret) and the request (and with it the Authorization header
 * and the session token) in properties that debuggers and `inspect` with `showHidden` show.
 *
 * @param message what to say in place of the error's own words, where those may quote what must not be shown
 */
export function coverError(error: unknown, message?: string): unknown {
  return copyError(error, message, deepest);
}

/**
 * The first line of an error's message; of several errors in one (node:net tries each address), the first one's.
 *
 * What follows the first line of a refused signature is the canonical request, with the session token among its headers.
 */
export function coverMessage(error: Error): string {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const message = error.message === '' && inner instanceof Error ? inner.message : error.message;
  return message.split('\n', 1)[0] ?? '';
}

function copyError(error: unknown, words: string | undefined, depth: number): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : undefined;
  const message = words ?? coverMessage(error);
  const cause = depth > 0 ? copyError(error.cause, words, depth - 1) : undefined;
  const copy = new Error(message, cause === undefined ? undefined : { cause });
  Object.defineProperty(copy, 'name', { value: error.name, configurable: true });
  copy.stack = [`${error.name}: ${message}`, ...readFrames(error)].join('\n');
  for (const key of harmless) {
    if (key in error) Object.assign(copy, { [key]: (error as Partial<Record<typeof key, unknown>>)[key] });
  }
  return copy;
}

function readFrames(error: Error): string[] {
  return (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
}
