import { isList, isObject, type JsonArray, type JsonObject, type JsonValue } from './json.ts';

/**
 * The aws CLI's text form: a line for an object, its scalar members in alphabetical order with tabs between them, under
 * the name of the member that held it; objects inside follow on lines of their own; lists of scalars are one line.
 *
 * Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html
 */
export function formatText(value: JsonValue): string {
  return linesOf(value, undefined, undefined)
    .map((line) => `${line}\n`)
    .join('');
}

function linesOf(value: JsonValue, name: string | undefined, columns: readonly string[] | undefined): string[] {
  if (isList(value)) return linesOfList(value, name);
  if (isObject(value)) return linesOfObject(value, name, columns);
  return [formatScalar(value)];
}

function linesOfObject(
  object: JsonObject,
  name: string | undefined,
  columns: readonly string[] = scalarMembers(object),
): string[] {
  const scalars = columns.map((member) => formatScalar(member in object ? (object[member] ?? null) : ''));
  const line = name === undefined ? scalars : [name.toUpperCase(), ...scalars];
  const nested = Object.entries(object)
    .filter(([, value]) => !isScalar(value))
    .sort(([a], [b]) => compareNames(a, b));
  return [
    ...(scalars.length > 0 ? [line.join('\t')] : []),
    ...nested.flatMap(([member, value]) => linesOf(value, member, undefined)),
  ];
}

function linesOfList(list: JsonArray, name: string | undefined): string[] {
  if (list.some(isObject)) {
    // Every object of a list shows the same members, so that a column is the same thing on each line.
    const columns = [...new Set(list.filter(isObject).flatMap(scalarMembers))].sort(compareNames);
    return list.flatMap((element) => linesOf(element, name, columns));
  }
  const scalars = list.filter(isScalar);
  const lists = list.filter((element) => !isScalar(element));
  return [...linesOfScalars(scalars, name), ...lists.flatMap((element) => linesOf(element, name, undefined))];
}

function linesOfScalars(scalars: readonly JsonValue[], name: string | undefined): string[] {
  if (scalars.length === 0) return [];
  const texts = scalars.map(formatScalar);
  return name === undefined ? [texts.join('\t')] : texts.map((text) => `${name.toUpperCase()}\t${text}`);
}

function scalarMembers(object: JsonObject): string[] {
  return Object.keys(object)
    .filter((member) => isScalar(object[member] ?? null))
    .sort(compareNames);
}

function isScalar(value: JsonValue): boolean {
  return typeof value !== 'object' || value === null;
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** As the aws CLI, which is written in Python, spells them. */
function formatScalar(value: JsonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
