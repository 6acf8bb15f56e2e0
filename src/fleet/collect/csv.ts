/**
 * The rows of CSV, one at a time: cells in quotes or without, lines that end in CRLF, LF or CR. An empty line is no row. A
 * quote that is never closed goes on to the end.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc4180#section-2
 */
export function* readCsv(text: string): Generator<string[]> {
  for (let start = 0; start < text.length;) {
    const end = findEnd(text, start, lineEnd);
    const line = text.slice(start, end);
    // Nearly every row is without quotes, and then there is nothing to it.
    const row = line.includes('"') ? readQuotedRow(text, start) : { value: line.split(','), end };
    if (row.end > start) yield row.value;
    start = row.end + (text.startsWith('\r\n', row.end) ? 2 : 1);
  }
}

interface Part<T> {
  readonly value: T;
  /** Where what follows it begins. */
  readonly end: number;
}

const lineEnd = /[\r\n]/g;
const cellEnd = /[,\r\n]/g;

function readQuotedRow(text: string, start: number): Part<string[]> {
  const cells: string[] = [];
  for (let at = start; ; at++) {
    const quoted = text[at] === '"' ? readQuotes(text, at) : { value: '', end: at };
    at = findEnd(text, quoted.end, cellEnd);
    cells.push(quoted.value + text.slice(quoted.end, at));
    if (text[at] !== ',') return { value: cells, end: at };
  }
}

/** What stands between quotes; two in a row stand for one. */
function readQuotes(text: string, start: number): Part<string> {
  for (let at = start + 1; ; at += 2) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    if (text[end + 1] === '"') at = end;
    else return { value: text.slice(start + 1, end).replaceAll('""', '"'), end: Math.min(end + 1, text.length) };
  }
}

function findEnd(text: string, start: number, pattern: RegExp): number {
  pattern.lastIndex = start;
  return pattern.exec(text)?.index ?? text.length;
}
