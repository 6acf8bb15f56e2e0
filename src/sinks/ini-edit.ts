/** Setting and removing options in a shared config or credentials file, every other byte kept. */
import { KeyturnError } from '../errors.ts';
import { cutComment, type IniLine, type OptionLine } from './ini-document.ts';
import { lineBreakOf, type TextLine } from './text-lines.ts';

/** Options to give a value, in the order in which absent ones are written, and options to take out. */
export interface IniEdit {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/**
 * The lines with the options of one section changed; the section is added at the end where there is none.
 *
 * Of an option that stands there twice the last counts for every tool: that one is replaced, the others are taken out.
 * An absent option is written directly below the section's header, where no nested block can swallow it. A comment
 * behind a replaced value moves to a line of its own, since the aws CLI would read it as part of the value.
 *
 * @param isWanted whether a section, by the text between its brackets, is the one to change
 * @param header the text between the brackets of a section that has to be added
 * @throws KeyturnError ERR_FILE where lines are indented below an option that has to change: the aws CLI takes them as
 * part of its value and the SDKs as options of their own, so no edit keeps both readings
 */
export function editSection(
  lines: readonly IniLine[],
  isWanted: (section: string) => boolean,
  header: string,
  edit: IniEdit,
): TextLine[] {
  const members = findMembers(lines, isWanted);
  const last = members.findLast(({ line }) => line.kind === 'section');
  if (last === undefined) return [...endLines(lines), ...composeSection(lines, header, edit)];

  const changes = new Map<number, TextLine[]>();
  const present = new Map<string, OptionLine>();
  for (const { line, index } of members) {
    if (line.kind !== 'option' || !(line.name in edit.set || edit.remove.includes(line.name))) continue;
    refuseContinued(lines, index);
    changes.set(index, []);
    present.set(line.name, line);
  }
  const lineBreak = lineBreakOf(lines);
  for (const line of present.values()) {
    const value = edit.set[line.name];
    if (value !== undefined) changes.set(lines.indexOf(line), replaceOption(line, value, lineBreak));
  }
  const missing = Object.entries(edit.set).filter(([name]) => !present.has(name));
  if (missing.length > 0) {
    const indent = findIndent(lines.slice(last.index + 1));
    changes.set(last.index, [
      { text: last.line.text, end: last.line.end || lineBreak },
      ...missing.map(([name, value]) => ({ text: `${indent}${name}${signFor(value)}${value}`, end: lineBreak })),
    ]);
  }
  return lines.flatMap((line, index) => changes.get(index) ?? [line]);
}

interface Member {
  readonly line: IniLine;
  readonly index: number;
}

/** The headers of the wanted sections and every line below them. */
function findMembers(lines: readonly IniLine[], isWanted: (section: string) => boolean): Member[] {
  let inside = false;
  return [...lines.entries()].flatMap(([index, line]) => {
    if (line.kind === 'section') inside = isWanted(line.name);
    return inside ? [{ line, index }] : [];
  });
}

/** The indentation of what comes next: deeper than it, the new lines would hide from some; less deep, hide it. */
function findIndent(following: readonly IniLine[]): string {
  const next = following.find(({ kind }) => kind !== 'other');
  return /^\s*/.exec(next?.text ?? '')?.[0] ?? '';
}

function refuseContinued(lines: readonly IniLine[], index: number): void {
  const next = lines.findIndex(({ kind }, other) => other > index && kind !== 'other');
  if (lines[next]?.kind !== 'continuation') return;
  throw new KeyturnError('ERR_FILE', `line ${next + 1} is indented below a line that has to change`, {
    hint: 'AWS tools disagree on what it belongs to: take the indentation away and try again',
  });
}

/** ` = ` as the aws CLI writes it; no space before a value that would look like a comment behind one. */
function signFor(value: string): string {
  return /^[#;]/.test(value) ? '=' : ' = ';
}

function replaceOption(line: OptionLine, value: string, lineBreak: string): TextLine[] {
  const comment = line.value.slice(cutComment(line.value).length).trim();
  const sign = /\s[=:]|[=:]\s/.test(line.text) ? signFor(value) : '=';
  const option = { text: `${line.indent}${line.name}${sign}${value}`, end: line.end };
  return comment === '' ? [option] : [{ text: line.indent + comment, end: line.end || lineBreak }, option];
}

/** The lines, the last of them ended. */
function endLines(lines: readonly IniLine[]): TextLine[] {
  return lines.map(({ text, end }) => ({ text, end: end || lineBreakOf(lines) }));
}

function composeSection(lines: readonly IniLine[], header: string, edit: IniEdit): TextLine[] {
  const end = lineBreakOf(lines);
  const isApart = lines.length === 0 || lines.at(-1)?.text.trim() === '';
  const options = Object.entries(edit.set).map(([name, value]) => `${name}${signFor(value)}${value}`);
  return [...(isApart ? [] : ['']), `[${header}]`, ...options].map((text) => ({ text, end }));
}
