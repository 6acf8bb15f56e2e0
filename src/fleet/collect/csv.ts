/**
 * The rows of CSV, one at a time: cells in quotes or without, lines that end in CRLF, LF or CR. An empty line is no row. A
 * quote that is never closed goes on to the end.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc4180#section-2
 */
export function* readCsv(text: string): Generator<string[]> {
  const pattern = /(?:"((?:[^"]+|"")*)"?)?([^,\r\n]*)(,|\r\n|\n|\r|$)/y;
  let row: string[] = [];
  while (pattern.lastIndex < text.length) {
    const [, quoted, plain = '', end] = pattern.exec(text) ?? [];
    row.push((quoted?.replaceAll('""', '"') ?? '') + plain);
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '' || quoted !== undefined) yield row;
    row = [];
  }
  // After a comma there is one more cell.
  if (row.length > 0) yield [...row, ''];
}
