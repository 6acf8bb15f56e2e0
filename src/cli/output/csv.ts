import { flattenObject, isList, isObject, type JsonValue } from './json.ts';

// The guard below would break these: a secret may well begin with `+`, and only AWS chooses its characters.
const unguarded = new Set(['SecretAccessKey', 'AccessKey.SecretAccessKey']);

/**
 * Comma-separated values (RFC 4180, lines ended by a line feed): a header for objects, and a row for each.
 *
 * A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return)
 * gets an apostrophe in front (OWASP, "CSV Injection").
 */
export function formatCsv(value: JsonValue): string {
  const rows = isList(value) ? value : [value];
  if (!rows.some(isObject)) return rows.map((row) => formatCsvRow(isList(row) ? row : [row])).join('');
  const objects = rows.map((row) => flattenObject(isObject(row) ? row : { Value: row }));
  const columns = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return formatCsvRow(columns) + objects.map((object) => formatCsvObject(object, columns)).join('');
}

/** One row: the columns of a flattened object, in their order. */
export function formatCsvObject(object: Readonly<Record<string, JsonValue>>, columns: readonly string[]): string {
  return formatCells(columns.map((column) => formatCell(object[column] ?? null, unguarded.has(column))));
}

/** One row of values. */
export function formatCsvRow(values: readonly JsonValue[]): string {
  return formatCells(values.map((value) => formatCell(value, false)));
}

function formatCells(cells: readonly string[]): string {
  return `${cells.join(',')}\n`;
}

function formatCell(value: JsonValue, asItIs: boolean): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const guarded = typeof value === 'string' && !asItIs && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
