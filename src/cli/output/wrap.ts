import { measureWidth } from './display-width.ts';

/** A text in lines of at most `width` columns, broken between words; a longer word has a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measureWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** Names and texts beside one another, the texts wrapped to fit under themselves. */
export function formatWrapped(fields: readonly (readonly [name: string, text: string])[], width: number): string {
  const indent = Math.max(...fields.map(([name]) => measureWidth(name))) + 2;
  const room = Math.max(20, Math.min(width, 100) - indent);
  return fields
    .map(([name, text]) =>
      wrapText(text, room)
        .map((line, index) => `${(index === 0 ? name : '').padEnd(indent)}${line}\n`)
        .join(''),
    )
    .join('');
}
