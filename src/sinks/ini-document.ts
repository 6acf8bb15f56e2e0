/**
 * An AWS shared config or credentials file as a list of lines, losing nothing.
 *
 * Lines are told apart as botocore does it (Python's configparser): a comment stands on a line of its own, and a line
 * indented deeper than the option above it belongs to that option's value. The SDKs read line by line instead
 * (shared-config.ts); credentials-file.ts writes only what both read alike.
 *
 * Format: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
import { splitLines, type TextLine } from './text-lines.ts';

export interface SectionLine extends TextLine {
  readonly kind: 'section';
  readonly name: string;
}

export interface OptionLine extends TextLine {
  readonly kind: 'option';
  readonly indent: string;
  /** In lower case: the aws CLI does not mind the case of a name. */
  readonly name: string;
  /** As it stands behind the sign, an inline comment included. */
  readonly value: string;
}

/** Deeper than the option above and so part of its value: `  max_concurrent_requests = 20` under `s3 =`. */
export interface ContinuationLine extends TextLine {
  readonly kind: 'continuation';
}

/** A comment, an empty line, or a line that says nothing to anyone. */
export interface OtherLine extends TextLine {
  readonly kind: 'other';
}

export type IniLine = SectionLine | OptionLine | ContinuationLine | OtherLine;

/**
 * The lines of a file; `joinLines` makes the same text of them again.
 *
 * @example
 * parseIni('[dev]\nregion = eu-west-1\n').map(({ kind }) => kind); // ['section', 'option']
 */
export function parseIni(text: string): IniLine[] {
  const lines: IniLine[] = [];
  let inSection = false;
  let optionIndent = Infinity;
  for (const line of splitLines(text)) {
    const parsed = parseLine(line, inSection, optionIndent);
    lines.push(parsed);
    if (parsed.kind === 'option') optionIndent = parsed.indent.length;
    if (parsed.kind === 'section') {
      inSection = true;
      optionIndent = Infinity;
    }
  }
  return lines;
}

/**
 * A value without its inline comment, which a `#` or `;` behind white space begins.
 *
 * @example
 * cutComment('AKIAIOSFODNN7EXAMPLE ; deploy'); // 'AKIAIOSFODNN7EXAMPLE'
 * cutComment('se#cr;et');                      // 'se#cr;et'
 */
export function cutComment(value: string): string {
  return (value.split(/(?:^|\s)[;#]/, 1)[0] ?? '').trim();
}

function parseLine(line: TextLine, inSection: boolean, optionIndent: number): IniLine {
  const content = line.text.trim();
  if (/^([#;]|$)/.test(content)) return { ...line, kind: 'other' };
  const indent = /^\s*/.exec(line.text)?.[0] ?? '';
  if (indent.length > optionIndent) return { ...line, kind: 'continuation' };
  const section = /^\[(.+)\]/.exec(cutComment(content))?.[1];
  if (section !== undefined) return { ...line, kind: 'section', name: section };
  const [, name, value] = /^([^=:]*[^=:\s])\s*[=:](.*)$/.exec(content) ?? [];
  if (!inSection || name === undefined || value === undefined) return { ...line, kind: 'other' };
  return { ...line, kind: 'option', indent, name: name.toLowerCase(), value: value.trim() };
}
