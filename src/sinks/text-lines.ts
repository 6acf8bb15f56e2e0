/** One line of a text file: what it says, and the line break it ends in ('' for a last line without one). */
export interface TextLine {
  readonly text: string;
  readonly end: string;
}

/**
 * The lines of a text, losing nothing: joined again by {@link joinLines} they are the text, character for character.
 *
 * @example
 * splitLines('a\r\nb'); // [{ text: 'a', end: '\r\n' }, { text: 'b', end: '' }]
 */
export function splitLines(text: string): TextLine[] {
  const lines: TextLine[] = [];
  for (const [line, content = '', end = ''] of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    if (line !== '') lines.push({ text: content, end });
  }
  return lines;
}

export function joinLines(lines: readonly TextLine[]): string {
  return lines.map(({ text, end }) => text + end).join('');
}

/** The line break a file uses: its first one, or a plain newline where it has none yet. */
export function lineBreakOf(lines: readonly TextLine[]): string {
  return lines.find(({ end }) => end !== '')?.end ?? '\n';
}
