import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../src/fleet/collect/csv.ts';

const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const cells = fc.string({ unit: fc.constantFrom('a', 'é', '🗝', ' ', ',', '"', '\n', '\r', '=') });
/** A row of one empty cell is an empty line, which is no row. */
const rows = fc.array(
  fc.array(cells, { minLength: 1, maxLength: 5 }).filter((row) => row.length > 1 || row[0] !== ''),
  { maxLength: 8 },
);

describe('rows of CSV', () => {
  it('are what was written, whatever the line ends', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), (written, end, isEnded) => {
        const text = written.map((row) => row.map(quote).join(',')).join(end) + (isEnded ? end : '');
        expect([...readCsv(text)]).toEqual(written);
      }),
    );
  });

  it('are read of any text, without losing a character that is not CSV itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '\n', '\r') }), (text) => {
        const read = [...readCsv(text)].flat().join('');
        expect(read.replaceAll(/[^ab]/g, '')).toBe(text.replaceAll(/[^ab]/g, ''));
      }),
    );
  });

  it.each([
    ['', []],
    ['\n\n', []],
    ['a,b', [['a', 'b']]],
    ['a,', [['a', '']]],
    ['""\n', [['']]],
    ['"a""b",c\r\n', [['a"b', 'c']]],
    ['"never,closed\nhere', [['never,closed\nhere']]],
    ['"a"b,c', [['ab', 'c']]],
  ])('of %j are %j', (text, expected) => {
    expect([...readCsv(text)]).toEqual(expected);
  });

  it('of a quote that is never closed are had in no time', () => {
    expect([...readCsv(`"${'a""'.repeat(100_000)}`)]).toHaveLength(1);
  });
});
