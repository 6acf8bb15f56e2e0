import { describe, expect, it } from 'vitest';
import { formatCsv, formatCsvObject, formatCsvRow } from '../../../../src/cli/output/csv.ts';

describe('formatCsv', () => {
  it('gives objects a header and a row each, members of inner objects under dotted names', () => {
    expect(
      formatCsv([
        { a: 'x', b: { c: 1 } },
        { a: 'y', d: null },
      ]),
    ).toBe('a,b.c,d\nx,1,\ny,,\n');
  });

  it('gives lists and scalars rows without a header', () => {
    expect(
      formatCsv([
        ['a', 1],
        ['b', true],
      ]),
    ).toBe('a,1\nb,true\n');
    expect(formatCsv('a')).toBe('a\n');
  });

  it('quotes what would end a cell', () => {
    expect(formatCsvRow(['a,b', 'say "hi"', 'two\nlines'])).toBe('"a,b","say ""hi""","two\nlines"\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])(
    'guards %j, which a spreadsheet would take for a formula',
    (text) => {
      expect(formatCsvRow([text]).replaceAll('"', '')).toBe(`'${text}\n`);
    },
  );

  it('leaves numbers, and the secret of a key, as they are', () => {
    expect(formatCsvRow([-1])).toBe('-1\n');
    expect(formatCsvObject({ SecretAccessKey: '+abc' }, ['SecretAccessKey'])).toBe('+abc\n');
  });
});
