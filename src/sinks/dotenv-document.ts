/**
 * A file of environment variables (`NAME=value` lines, as dotenv, systemd, Compose and shells read them), edited without
 * losing a byte of the rest. `export ` before a name, quotes around a value (also over several lines) and a comment
 * behind one are understood and kept.
 */
import { lineBreakOf, splitLines } from './text-lines.ts';

export interface Assignment {
  readonly name: string;
  /** Without its quotes. */
  readonly value: string;
  readonly isExported: boolean;
  /** Where the value stands in the text, quotes included, and where the lines it stands on begin and end. */
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly start: number;
  readonly end: number;
}

export interface DotenvEdit {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

const lead = /^(\uFEFF?[ \t]*(export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=[ \t]*)/.source;
const value = /("(?:\\[^]|[^"\\])*"|'[^']*'|[^\r\n]*?)/.source;
const tail = /(?:[ \t]+#[^\r\n]*|[ \t]*)(?:\r\n|\n|\r|(?![^]))/.source;

/**
 * The assignments of a text, in their order.
 *
 * @example
 * parseDotenv("export A='1' # one\n")[0]?.value; // '1'
 */
export function parseDotenv(text: string): Assignment[] {
  return [...text.matchAll(new RegExp(lead + value + tail, 'gm'))].map((match) => {
    const [whole, before = '', exported, name = '', quoted = ''] = match;
    const valueStart = match.index + before.length;
    return {
      name,
      value: /^(["']).*\1$/s.test(quoted) ? quoted.slice(1, -1) : quoted,
      isExported: exported !== undefined,
      valueStart,
      valueEnd: valueStart + quoted.length,
      start: match.index,
      end: match.index + whole.length,
    };
  });
}

/**
 * The text with variables set and taken out. Of a variable that is set twice the last counts: its value is replaced, the
 * others go. An absent one is added at the end, exported where all the others are.
 */
export function editDotenv(text: string, edit: DotenvEdit): string {
  const assignments = parseDotenv(text);
  const values = new Map(Object.entries(edit.set));
  const present = new Map(assignments.map((assignment) => [assignment.name, assignment]));
  let edited = '';
  let done = 0;
  for (const assignment of assignments) {
    const next = values.get(assignment.name);
    if (next === undefined && !edit.remove.includes(assignment.name)) continue;
    if (next !== undefined && present.get(assignment.name) === assignment) {
      edited += text.slice(done, assignment.valueStart) + quoteLike(text.charAt(assignment.valueStart), next);
      done = assignment.valueEnd;
    } else {
      edited += text.slice(done, assignment.start);
      done = assignment.end;
    }
  }
  edited += text.slice(done);
  const missing = [...values].filter(([name]) => !present.has(name));
  const prefix = assignments.length > 0 && assignments.every(({ isExported }) => isExported) ? 'export ' : '';
  return append(
    edited,
    missing.map(([name, added]) => `${prefix}${name}=${quoteLike('', added)}`),
  );
}

function append(text: string, added: readonly string[]): string {
  if (added.length === 0) return text;
  const lineBreak = lineBreakOf(splitLines(text));
  const isEnded = text === '' || /[\r\n]$/.test(text);
  return `${text}${isEnded ? '' : lineBreak}${added.map((line) => line + lineBreak).join('')}`;
}

/** A value of AWS's own alphabet in the quotes that were there; any other in single quotes, which nothing looks into. */
function quoteLike(sign: string, text: string): string {
  if (!/^[\w/+=.:@%,-]*$/.test(text)) return `'${text}'`;
  return /^["']$/.test(sign) ? sign + text + sign : text;
}
