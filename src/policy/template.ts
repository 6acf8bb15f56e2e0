/**
 * Policy variables: `${aws:username}`, with a default `${aws:username, 'nobody'}`, and the quoted characters `${*}`, `${?}`
 * and `${$}`. Documents of version 2008-10-17 have none: there the characters mean themselves.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import type { RequestContext } from './context.ts';
import { compilePattern, quotePattern } from './pattern.ts';
import type { Pattern } from './pattern.ts';

/** A policy's value with its variables filled in: as plain text, and as a pattern whose wildcards are the policy's own. */
export interface Resolved {
  readonly text: string;
  readonly pattern: Pattern;
}

interface Variable {
  readonly key: string;
  readonly fallback: string | undefined;
}

/** A value as the policy holds it. `settled` when it has no variable, so that nothing is left to do per request. */
export interface Template {
  readonly settled: Resolved | undefined;
  readonly parts: readonly (Resolved | Variable)[];
}

const quotedCharacters = new Set(['*', '?', '$']);

/** Reads a value of a policy, in which variables mean something from an offset on: 0 everywhere, Infinity nowhere. */
export function compileTemplate(text: string, variablesFrom: number): Template {
  const parts: (Resolved | Variable)[] = [];
  let done = 0;
  let start = text.indexOf('${', variablesFrom);
  for (let end = text.indexOf('}', start); start !== -1 && end !== -1; end = text.indexOf('}', start)) {
    parts.push(readLiteral(text.slice(done, start)), readPlaceholder(text.slice(start + 2, end)));
    done = end + 1;
    start = text.indexOf('${', done);
  }
  parts.push(readLiteral(text.slice(done)));
  return { settled: parts.every(isLiteral) ? join(parts) : undefined, parts };
}

/** The value for a request, or undefined when a variable has neither a value there nor a default. */
export function resolveTemplate(template: Template, context: RequestContext): Resolved | undefined {
  if (template.settled !== undefined) return template.settled;
  const parts: Resolved[] = [];
  for (const part of template.parts) {
    const resolved = isLiteral(part) ? part : fill(part, context);
    if (resolved === undefined) return undefined;
    parts.push(resolved);
  }
  return join(parts);
}

function readLiteral(text: string): Resolved {
  return { text, pattern: compilePattern(text) };
}

function quote(text: string): Resolved {
  return { text, pattern: quotePattern(text) };
}

function readPlaceholder(body: string): Resolved | Variable {
  if (quotedCharacters.has(body)) return quote(body);
  const comma = body.indexOf(',');
  if (comma === -1) return { key: body, fallback: undefined };
  return { key: body.slice(0, comma), fallback: /^'(.*)'$/s.exec(body.slice(comma + 1).trim())?.[1] };
}

function isLiteral(part: Resolved | Variable): part is Resolved {
  return 'text' in part;
}

/** A multivalued key cannot be a variable, nor does the default stand in for it; what a request puts into one never acts as a wildcard. */
function fill({ key, fallback }: Variable, context: RequestContext): Resolved | undefined {
  const [value = fallback] = context.values(key);
  if (context.isMultivalued(key)) return undefined;
  return value === undefined ? undefined : quote(value);
}

function join(parts: readonly Resolved[]): Resolved {
  return { text: parts.map(({ text }) => text).join(''), pattern: parts.flatMap(({ pattern }) => pattern) };
}
