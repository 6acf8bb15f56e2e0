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
  const values = new Map(Object.entries(edit.set));
  const members = findMembers(lines, isWanted);
  const last = members.findLast(({ line }) => line.kind === 'section');
  if (last === undefined) return [...endLines(lines), ...composeSection(lines, header, values)];

  const concerned = members.flatMap(({ line, index }) =>
    line.kind === 'option' && (values.has(line.name) || edit.remove.includes(line.name)) ? [{ line, index }] : [],
  );
  const present = new Map(concerned.map(({ line, index }) => [line.name, index]));
  const changes = new Map<number, TextLine[]>();
  for (const { line, index } of concerned) {
    refuseContinued(lines, index);
    const value = present.get(line.name) === index ? values.get(line.name) : undefined;
    changes.set(index, value === undefined ? [] : replaceOption(line, value, lineBreakOf(lines)));
  }
  const missing = [...values].filter(([name]) => !present.has(name));
  if (missing.length > 0) changes.set(last.index, extendHeader(lines, last, missing));
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

/** A header with new options below, as deep as what comes next: deeper they would belong to it, or else it to them. */
function extendHeader(
  lines: readonly IniLine[],
  header: Member,
  options: readonly (readonly [string, string])[],
): TextLine[] {
  const next = lines.slice(header.index + 1).find(({ kind }) => kind !== 'other');
  const indent = /^\s*/.exec(next?.text ?? '')?.[0] ?? '';
  const end = lineBreakOf(lines);
  return [
    { text: header.line.text, end: header.line.end || end },
    ...options.map(([name, value]) => ({ text: `${indent}${name}${signFor(value)}${value}`, end })),
  ];
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

function composeSection(lines: readonly IniLine[], header: string, values: ReadonlyMap<string, string>): TextLine[] {
  const end = lineBreakOf(lines);
  const isApart = lines.length === 0 || lines.at(-1)?.text.trim() === '';
  const options = [...values].map(([name, value]) => `${name}${signFor(value)}${value}`);
  return [...(isApart ? [] : ['']), `[${header}]`, ...options].map((text) => ({ text, end }));
}

/**
 * The lines with one more section at their end, behind an empty line. A last line without a line break stays the last of
 * its kind, so that {@link removeSection} gives the lines as they were.
 */
export function appendSection(
  lines: readonly IniLine[],
  header: string,
  values: Readonly<Record<string, string>>,
): TextLine[] {
  const end = lineBreakOf(lines);
  const options = Object.entries(values).map(([name, value]) => `${name}${signFor(value)}${value}`);
  const added = ['', `[${header}]`, ...options].map((text) => ({ text, end }));
  const isEnded = lines.at(-1)?.end !== '';
  return isEnded ? [...lines, ...added] : endAlike([...endLines(lines), ...added], lines);
}

/**
 * The lines without the sections that are wanted, and the empty line before each. Only the named options go: a comment or
 * an option that came into a section since stays, the option below its header.
 */
export function removeSection(
  lines: readonly IniLine[],
  isWanted: (section: string) => boolean,
  options: readonly string[],
): TextLine[] {
  const gone = new Set<number>();
  let header: number | undefined;
  for (const { line, index } of findMembers(lines, isWanted)) {
    if (line.kind === 'section') {
      header = index;
      gone.add(index);
      if (lines[index - 1]?.text.trim() === '') gone.add(index - 1);
    } else if (line.kind === 'option' && options.includes(line.name)) {
      refuseContinued(lines, index);
      gone.add(index);
    } else if (line.kind !== 'other' && header !== undefined) {
      gone.delete(header);
      gone.delete(header - 1);
    }
  }
  const left = lines.filter((_, index) => !gone.has(index));
  return endAlike(left, lines);
}

/** The lines, with a line break behind the last where the others have one there. */
function endAlike(lines: readonly TextLine[], others: readonly TextLine[]): TextLine[] {
  if (others.at(-1)?.end !== '') return [...lines];
  return lines.map((line, index) => (index === lines.length - 1 ? { ...line, end: '' } : line));
}
