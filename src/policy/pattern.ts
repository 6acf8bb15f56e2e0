/**
 * Wildcards: `*` stands for any run of characters, colons and slashes included, `?` for any one.
 *
 * A pattern is a list of character codes in which two negative numbers are the wildcards, so that a literal star (`${*}`,
 * or one that came in with a variable's value) can be told from a wildcard.
 */
export type Pattern = readonly number[];

const anyRun = -1;
const anyOne = -2;
const wildcards: ReadonlyMap<string, number> = new Map([
  ['*', anyRun],
  ['?', anyOne],
]);

/** A text in which `*` and `?` are wildcards. */
export function compilePattern(text: string): Pattern {
  return Array.from({ length: text.length }, (_, index) => wildcards.get(text.charAt(index)) ?? text.charCodeAt(index));
}

/** A text in which every character means itself. */
export function quotePattern(text: string): Pattern {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/**
 * Whether a pattern covers a whole text.
 *
 * Only the last run seen is ever lengthened: a longer earlier run could free nothing that a longer last one cannot. So the
 * work is at most pattern times text, whatever the number of stars.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  let at = 0;
  let run: { readonly behind: number; end: number } | undefined;
  for (let index = 0; index < text.length;) {
    const expected = pattern[at];
    if (expected === anyRun) {
      at += 1;
      run = { behind: at, end: index };
    } else if (expected === anyOne || expected === text.charCodeAt(index)) {
      at += 1;
      index += 1;
    } else {
      if (run === undefined) return false;
      run.end += 1;
      at = run.behind;
      index = run.end;
    }
  }
  while (pattern[at] === anyRun) at += 1;
  return at === pattern.length;
}

/** Whether a pattern covers every text, because it is nothing but stars. */
export function isAnything(pattern: Pattern): boolean {
  return pattern.length > 0 && pattern.every((code) => code === anyRun);
}

/** A pattern cut at its first `limit - 1` literal colons. */
export function splitPattern(pattern: Pattern, limit: number): readonly Pattern[] {
  const colon = ':'.charCodeAt(0);
  const segments: Pattern[] = [];
  let start = 0;
  while (segments.length < limit - 1) {
    const end = pattern.indexOf(colon, start);
    if (end === -1) break;
    segments.push(pattern.slice(start, end));
    start = end + 1;
  }
  segments.push(pattern.slice(start));
  return segments;
}
