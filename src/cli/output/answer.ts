import { formatCsv, formatCsvObject, formatCsvRow } from './csv.ts';
import { flattenObject, isList, type JsonObject, type JsonValue } from './json.ts';
import type { Query } from './query.ts';
import { layTable, type Column, type Look, type Row } from './table.ts';
import { formatText } from './text.ts';

export const outputs = ['table', 'json', 'jsonl', 'csv', 'text'] as const;
export type Output = (typeof outputs)[number];

/** Forms of a whole report, for the commands that make one. */
export const reportOutputs = ['sarif', 'ocsf', 'html', 'markdown'] as const;
export type ReportOutput = (typeof reportOutputs)[number];

/** How an answer is to be printed. With a query the output is never `table`. */
export interface Form {
  readonly output: Output;
  readonly query?: Query | undefined;
  readonly look: Look;
}

/** A command's answer that is one object. */
export interface Answer {
  /** The JSON of docs/contract.md. */
  readonly document: JsonObject;
  /** The object that a row of csv shows, where it is not the whole document. */
  readonly row?: JsonObject;
  /** The table form, for people. */
  readonly table: string;
}

/** A command's answer that is a list, element by element. */
export interface ListAnswer<Element extends object> {
  /** The member of the JSON object that holds the list. */
  readonly member: string;
  readonly toJson: (element: Element) => JsonObject;
  /** The columns of csv: names of {@link flattenObject}. */
  readonly csvColumns: readonly string[];
  readonly columns: readonly Column[];
  readonly toRow: (element: Element) => Row;
}

/** The text of an answer that is one object. */
export function formatAnswer(answer: Answer, { output, query }: Form): string {
  if (query !== undefined) return formatValue(query(answer.document), output);
  if (output === 'table') return answer.table;
  return formatValue(output === 'csv' ? (answer.row ?? answer.document) : answer.document, output);
}

/**
 * The text of an answer that is a list, in pieces. Tables, csv and jsonl come as the elements do; json, text and
 * queries come whole at the end, so that a failure on the way prints no half of a document.
 */
export async function* formatList<Element extends object>(
  elements: AsyncIterable<Element> | Iterable<Element>,
  answer: ListAnswer<Element>,
  { output, query, look }: Form,
): AsyncGenerator<string> {
  const { member, toJson, csvColumns, columns, toRow } = answer;
  if (output === 'table') {
    yield* layTable(columns, mapElements(elements, toRow), look);
  } else if (output === 'jsonl' && query === undefined) {
    for await (const element of elements) yield formatValue(toJson(element), 'jsonl');
  } else if (output === 'csv' && query === undefined) {
    yield formatCsvRow(csvColumns);
    for await (const element of elements) yield formatCsvObject(flattenObject(toJson(element)), csvColumns);
  } else {
    const list: JsonObject[] = [];
    for await (const element of elements) list.push(toJson(element));
    const document = { [member]: list };
    yield formatValue(query === undefined ? document : query(document), output);
  }
}

/** The text of a JSON value in a form that is not a table. */
export function formatValue(value: JsonValue, output: Output): string {
  switch (output) {
    case 'csv':
      return formatCsv(value);
    case 'text':
      return formatText(value);
    case 'jsonl':
      return (isList(value) ? value : [value]).map((element) => `${JSON.stringify(element)}\n`).join('');
    case 'json':
    case 'table':
      return `${JSON.stringify(value, null, 2)}\n`;
  }
}

async function* mapElements<From, To>(
  elements: AsyncIterable<From> | Iterable<From>,
  change: (element: From) => To,
): AsyncGenerator<To> {
  for await (const element of elements) yield change(element);
}
