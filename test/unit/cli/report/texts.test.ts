/** What comes from AWS is text, whatever is in it: in a terminal, a spreadsheet, a page, a summary. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureWidth } from '../../../../src/cli/output/display-width.ts';
import { layTable } from '../../../../src/cli/output/table.ts';
import { findingColumns, formatFindingRow } from '../../../../src/cli/report/csv.ts';
import { escapeHtml } from '../../../../src/cli/report/html/markup.ts';
import { writeHtml } from '../../../../src/cli/report/html/write-html.ts';
import { writeJson } from '../../../../src/cli/report/json.ts';
import { escapeMarkdown, writeMarkdown } from '../../../../src/cli/report/markdown.ts';
import type { Report } from '../../../../src/cli/report/report.ts';
import { describeFindingColumns, toFindingRow } from '../../../../src/cli/report/table.ts';
import { hostile, hostileUsers, makeReport } from './a-report.ts';

const report = makeReport({ users: hostileUsers, gaps: hostile, name: hostile[0] ?? '' });

async function drawTable(drawn: Report, width: number): Promise<string> {
  // eslint-disable-next-line @typescript-eslint/require-await -- tables are laid from streams
  async function* rows() {
    for (const finding of drawn.findings()) yield toFindingRow(finding, true);
  }
  let text = '';
  for await (const piece of layTable(describeFindingColumns(true), rows(), { width, colour: false })) text += piece;
  return text;
}

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('a table', () => {
  it('has no control characters, and fits', async () => {
    const text = await drawTable(report, 80);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
    for (const line of text.split('\n')) expect(measureWidth(line)).toBeLessThanOrEqual(80);
  });
});

describe('HTML', () => {
  const text = [...writeHtml(report)].join('');

  it('has no element that a name brought, and no script', () => {
    expect(text).not.toMatch(/<(script|img|h1>\s*<\/|a href="javascript)/i);
    expect(text.match(/<title>/g)?.length).toBe((text.match(/<\/title>/g) ?? []).length);
    expect(text.match(/<h1>/g)).toHaveLength(1);
  });

  it('names nothing outside itself', () => {
    expect(text.replaceAll(/[^"]*HYPERLINK[^<]*/g, '')).not.toMatch(/(src|href)="?(https?:|\/\/)|url\(|@import/);
  });

  it('escapes any text', () => {
    fc.assert(fc.property(anyText, (any) => !/[<>"'`\p{Control}\u2028\u2029\u202a-\u202e]/u.test(escapeHtml(any))));
  });
});

describe('Markdown', () => {
  it('has as many cells in each row as in its head', () => {
    const rows = [...writeMarkdown(report)].join('').match(/^\|.*\|$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(7);
  });

  it('escapes any text', () => {
    fc.assert(
      fc.property(anyText, (any) => {
        const escaped = escapeMarkdown(any);
        expect(escaped).not.toMatch(/[<>\n]/);
        expect(escaped.replaceAll(/\\./gu, '')).not.toMatch(/[|`*_[\]@]/);
      }),
    );
  });
});

describe('CSV', () => {
  it('has no cell that a spreadsheet would calculate', () => {
    for (const finding of report.findings()) {
      const row = formatFindingRow(finding);
      expect(row).not.toMatch(/(^|,)"?[=+\-@\t\r]/);
    }
    expect(findingColumns).toHaveLength(16);
  });
});

describe('JSON', () => {
  it('is what JSON.parse takes, with what docs/contract.md says', () => {
    const document = JSON.parse([...writeJson(report)].join('')) as Record<string, unknown>;
    expect(Object.keys(document)).toEqual(['Summary', 'Accounts', 'Findings']);
    expect(document.Findings).toHaveLength([...report.findings()].length);
    expect(document.Summary).toMatchObject({ Accounts: 1, Calls: 12, ThrottledCalls: 1, Excluded: 0 });
  });

  it('of nothing is a document too', () => {
    const document = JSON.parse([...writeJson(makeReport({ users: [] }))].join('')) as Record<string, unknown>;
    expect(document.Findings).toEqual([]);
  });
});
