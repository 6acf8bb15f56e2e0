/** HTML that can be trusted: whatever is put into it is escaped, unless it is markup itself. */
import { cleanText } from '../../output/display-width.ts';

export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[] | undefined;

/**
 * @example
 * markup`<td title="${user}">${user}</td>`.text; // `<b>` in a name is `&lt;b&gt;`
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((text, index) => (index === 0 ? '' : write(parts[index - 1])) + text).join(''));
}

function write(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escapeHtml(String(part));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** For text and for attributes in quotes. */
export function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
}
