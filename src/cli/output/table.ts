import { styleText } from 'node:util';
import { cleanText, measureWidth, padText, truncateText } from './display-width.ts';

/** What a terminal, or what stands in its place, can show. */
export interface Look {
  /** Columns; `Infinity` where nothing has to fit, as in a file or a pipe. */
  readonly width: number;
  readonly colour: boolean;
}

export interface Column {
  readonly title: string;
  /** Shrinks to this many columns where the table is too wide; a column without it is never cut. */
  readonly least?: number;
}

export interface Cell {
  readonly text: string;
  readonly style?: 'dim' | 'yellow' | 'red';
}

export type Row = readonly Cell[];

interface Layout {
  readonly head: string;
  readonly write: (row: Row) => string;
}

const gap = '  ';
/** As many rows as decide the widths of a table that is printed while it is still being read. */
const measuredRows = 100;

/**
 * A table as pieces of text, each a number of whole lines, given out as the rows come in. Where even the shrunk columns
 * do not fit side by side, each row becomes a few lines under one another.
 */
export async function* layTable(
  columns: readonly Column[],
  rows: AsyncIterable<Row> | Iterable<Row>,
  look: Look,
): AsyncGenerator<string> {
  let layout: Layout | undefined;
  const waiting: Row[] = [];
  for await (const row of rows) {
    const cells = row.map((cell) => ({ ...cell, text: cleanText(cell.text) }));
    if (layout !== undefined) yield layout.write(cells);
    else if (waiting.push(cells) === measuredRows) {
      layout = chooseLayout(columns, waiting, look);
      yield layout.head + waiting.map(layout.write).join('');
    }
  }
  if (layout === undefined && waiting.length > 0) {
    const { head, write } = chooseLayout(columns, waiting, look);
    yield head + waiting.map(write).join('');
  }
}

/** Names and values under one another, the names in a column of their own; a value is never cut. */
export function formatRecord(fields: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...fields.map(([name]) => measureWidth(name)));
  return fields.map(([name, value]) => `${padText(name, width)}${gap}${cleanText(value)}\n`).join('');
}

function chooseLayout(columns: readonly Column[], rows: readonly Row[], look: Look): Layout {
  const widths = fitColumns(columns, rows, look.width);
  if (widths === undefined) return { head: '', write: (row) => formatStack(columns, row, look) };
  const titles = columns.map(({ title }) => ({ text: title }));
  const head = `${paint(formatRow(titles, widths, look).trimEnd(), 'bold', look)}\n`;
  return { head, write: (row) => formatRow(row, widths, look) };
}

/** The width of each column, or undefined where they cannot stand side by side. */
function fitColumns(columns: readonly Column[], rows: readonly Row[], width: number): number[] | undefined {
  const widths = columns.map(({ title }, index) =>
    Math.max(measureWidth(title), ...rows.map((row) => measureWidth(row[index]?.text ?? ''))),
  );
  let excess = widths.reduce((sum, each) => sum + each, gap.length * (columns.length - 1)) - width;
  while (excess > 0) {
    const spare = columns.map(({ least }, index) => (widths[index] ?? 0) - (least ?? Infinity));
    const most = Math.max(...spare);
    if (most <= 0) return undefined;
    const widest = spare.indexOf(most);
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function formatRow(row: Row, widths: readonly number[], look: Look): string {
  const cells = row.map(({ text, style }, index) => {
    const width = widths[index] ?? 0;
    // Nothing is cut where nothing has to fit: a later, longer cell only moves the rest of its line.
    const shown = look.width === Infinity ? text : truncateText(text, width);
    const padded = index === row.length - 1 ? shown : padText(shown, width);
    return style === undefined ? padded : paint(padded, style, look);
  });
  return `${cells.join(gap)}\n`;
}

function formatStack(columns: readonly Column[], row: Row, look: Look): string {
  const [head, ...rest] = row.map(({ text, style }, index) => {
    const line = index === 0 ? text : `${gap}${columns[index]?.title ?? ''} ${text}`;
    const shown = truncateText(line, look.width);
    return style === undefined ? shown : paint(shown, style, look);
  });
  return `${[paint(head ?? '', 'bold', look), ...rest].join('\n')}\n`;
}

function paint(text: string, style: 'bold' | 'dim' | 'yellow' | 'red', look: Look): string {
  return look.colour ? styleText(style, text, { validateStream: false }) : text;
}
