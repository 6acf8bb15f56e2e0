/**
 * Where the findings of an audit go. Lines (`jsonl`, `csv`) are printed as they come; all else waits on disk until the end,
 * comes the worst first, and leaves nothing half printed where the scan fails.
 */
import { createSpool, readFinding, writeFinding } from '../../fleet/report/index.ts';
import { rankDanger, type Finding } from '../../fleet/rules/index.ts';
import type { Context } from '../context.ts';
import { formatValue } from '../output/answer.ts';
import { formatCsvRow } from '../output/csv.ts';
import type { JsonObject } from '../output/json.ts';
import { layTable } from '../output/table.ts';
import { findingColumns, formatFindingRow } from './csv.ts';
import { findingToJson, writeJson } from './json.ts';
import type { Report, WriteReport } from './report.ts';
import { describeFindingColumns, toFindingRow } from './table.ts';

export interface FindingSink {
  add(finding: Finding, now: Date): Promise<void> | void;
  /** The worst first; none where they were printed as they came. */
  findings(): Iterable<Finding>;
  /** Prints what has waited. */
  finish(report: Report): Promise<void>;
  close(): void;
}

export async function openFindingSink(context: Context): Promise<FindingSink> {
  const { form, options } = context;
  const isLines = form.query === undefined && options.report === undefined;
  if (isLines && (form.output === 'csv' || form.output === 'jsonl')) return openLineSink(context, form.output);
  return openSpoolSink(context);
}

async function openLineSink({ printer }: Context, output: 'csv' | 'jsonl'): Promise<FindingSink> {
  if (output === 'csv') await printer.data(formatCsvRow(findingColumns));
  return {
    add: (finding) =>
      printer.data(output === 'csv' ? formatFindingRow(finding) : `${JSON.stringify(findingToJson(finding))}\n`),
    findings: () => [],
    finish: () => Promise.resolve(),
    close: () => undefined,
  };
}

async function openSpoolSink(context: Context): Promise<FindingSink> {
  const { openSqlite } = await import('../../sqlite/open-sqlite.ts');
  const spool = createSpool(openSqlite);
  return {
    add(finding, now) {
      spool.add(rankDanger(finding, now), writeFinding(finding));
    },
    *findings() {
      for (const text of spool.read()) yield readFinding(text);
    },
    finish: (report) => printReport(context, report),
    close: () => {
      spool.close();
    },
  };
}

async function printReport(context: Context, report: Report): Promise<void> {
  const { form, options, printer } = context;
  if (options.report !== undefined) return printPieces(context, (await loadWriter(options.report))(report));
  if (form.query === undefined && form.output === 'json') return printPieces(context, writeJson(report));
  if (form.output === 'table') return printTable(context, report);
  // A query may ask for anything, so that it needs the whole.
  const document = JSON.parse([...writeJson(report)].join('')) as JsonObject;
  await printer.data(formatValue(form.query === undefined ? document : form.query(document), form.output));
}

async function loadWriter(report: NonNullable<Context['options']['report']>): Promise<WriteReport> {
  switch (report) {
    case 'sarif':
      return (await import('./sarif.ts')).writeSarif;
    case 'ocsf':
      return (await import('./ocsf.ts')).writeOcsf;
    case 'html':
      return (await import('./html/write-html.ts')).writeHtml;
    case 'markdown':
      return (await import('./markdown.ts')).writeMarkdown;
  }
}

const enough = 65_536;

async function printPieces({ printer }: Context, pieces: Iterable<string>): Promise<void> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < enough) continue;
    await printer.data(text);
    text = '';
  }
  await printer.data(text);
}

async function printTable({ form, printer }: Context, report: Report): Promise<void> {
  const withAccount = report.tally.accounts.length > 1;
  const rows = toRows(report, withAccount);
  for await (const piece of layTable(describeFindingColumns(withAccount), rows, form.look)) await printer.data(piece);
}

function* toRows(report: Report, withAccount: boolean) {
  for (const finding of report.findings()) yield toFindingRow(finding, withAccount);
}
