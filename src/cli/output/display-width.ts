/**
 * How wide a text stands on a terminal, and how to make it fit. A cell of a table is measured in columns, not in
 * characters: a Han character takes two, a combining accent none (Unicode Standard Annex 11, "East Asian Width").
 */

const plain = /^[\x20-\x7e]*$/;
const wide =
  /^(?:\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Script=Yi}|[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6])/u;
const invisible = /^[\p{Mark}\p{Format}]/u;

/**
 * Lines, control characters, and those that turn the direction of text, made visible: a name from outside cannot move the
 * cursor, colour the screen, or pass for another.
 */
export function cleanText(text: string): string {
  return text.replace(/[\p{Control}\u2028-\u202e\u2066-\u2069]+/gu, ' ');
}

/** The number of terminal columns that a text without control characters takes. */
export function measureWidth(text: string): number {
  if (plain.test(text)) return text.length;
  return splitCharacters(text).reduce((sum, character) => sum + characterWidth(character), 0);
}

/** The text, or as much of it as fits into `width` columns with a `…` at its end. */
export function truncateText(text: string, width: number): string {
  if (measureWidth(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const character of splitCharacters(text)) {
    used += characterWidth(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The text with spaces after it up to `width` columns. */
export function padText(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - measureWidth(text)));
}

function splitCharacters(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

function characterWidth(character: string): number {
  if (wide.test(character)) return 2;
  return invisible.test(character) ? 0 : 1;
}
