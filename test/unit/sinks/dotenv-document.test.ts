import { execFileSync } from 'node:child_process';
import { parseEnv } from 'node:util';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { editDotenv, parseDotenv, type DotenvEdit } from '../../../src/sinks/dotenv-document.ts';

const change: DotenvEdit = { set: { ID: 'AKIANEW', SECRET: 'n/e+w=' }, remove: ['TOKEN'] };

const line = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', 'export ', '  '),
      fc.constantFrom('ID', 'SECRET', 'TOKEN', 'OTHER', 'ID_2', 'URL'),
      fc.constantFrom('=', ' = '),
      // No empty ones: Node.js reads on into the next line behind some of them.
      fc.constantFrom(
        'plain',
        '"two words"',
        "'single'",
        '"a\nID=inside\nb"',
        "'x\ny'",
        'a#b',
        'https://x/?a=b',
        '"a=b"',
      ),
      fc.constantFrom('', ' # why', '   '),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('# ID=commented', '', '   ', '#'),
);
const document = fc
  .tuple(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, isEnded]) => lines.join(end) + (isEnded ? end : ''));

describe('parseDotenv', () => {
  it.each([
    ['A=1', ['A', '1']],
    ['export A = "1" # one', ['A', '1']],
    ["\uFEFFA='1 # 2'\r\n", ['A', '1 # 2']],
    ['A=1#2', ['A', '1#2']],
    ['A="x\n#\\"y"', ['A', 'x\n#\\"y']],
    ["A=it's", ['A', "it's"]],
    ['A=', ['A', '']],
    ['A="open', ['A', '"open']],
  ])('%j', (text, [name, value]) => {
    expect(parseDotenv(text)).toMatchObject([{ name, value }]);
  });

  it('sees no assignment in a comment or inside of quotes', () => {
    expect(parseDotenv('# A=1\nB="\nA=1\n"\nA\n').map(({ name }) => name)).toEqual(['B']);
  });
});

describe('editDotenv', () => {
  it.each([
    ['an empty file', '', 'ID=AKIANEW\nSECRET=n/e+w=\n'],
    ['a file without a final newline', 'A=1', 'A=1\nID=AKIANEW\nSECRET=n/e+w=\n'],
    ['a shell file', 'export A=1\r\n', 'export A=1\r\nexport ID=AKIANEW\r\nexport SECRET=n/e+w=\r\n'],
    [
      'quotes, comments, spaces and a stale token',
      '  export ID = "old" # mine\nTOKEN=t\nSECRET=\'old\'\n#end',
      '  export ID = "AKIANEW" # mine\nSECRET=\'n/e+w=\'\n#end',
    ],
    ['variables set twice', 'ID=1\nID=2\nSECRET=3\nTOKEN=1\nTOKEN=2', 'ID=AKIANEW\nSECRET=n/e+w=\n'],
    [
      'names that every object has',
      'constructor=1\n__proto__=2\n',
      'constructor=1\n__proto__=2\nID=AKIANEW\nSECRET=n/e+w=\n',
    ],
    ['names inside of a longer value', 'K="\nID=1\n"\n', 'K="\nID=1\n"\nID=AKIANEW\nSECRET=n/e+w=\n'],
  ])('%s', (_, before, after) => {
    expect(editDotenv(before, change)).toBe(after);
  });

  it('puts a value that a shell would look into in single quotes', () => {
    expect(editDotenv('ID="x"\n', { set: { ID: 'a$b `c` "d"' }, remove: [] })).toBe('ID=\'a$b `c` "d"\'\n');
  });

  it('leaves every other variable as Node.js reads it, and gives it the new ones', () => {
    fc.assert(
      fc.property(document, (text) => {
        const others = Object.entries(parseEnv(text)).filter(([name]) => name !== 'TOKEN');
        expect(parseEnv(editDotenv(text, change))).toEqual({ ...Object.fromEntries(others), ...change.set });
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps every byte outside of the values it sets and the lines it takes out', () => {
    fc.assert(
      fc.property(document, (text) => {
        const names = ['ID', 'SECRET', 'TOKEN'];
        const others = (all: string): string[] =>
          parseDotenv(all).flatMap(({ name, start, end }) =>
            names.includes(name) ? [] : [all.slice(start, end).trimEnd()],
          );
        const comments = (all: string): number => all.split(/ID=commented/).length;
        const after = editDotenv(text, change);
        expect(others(after)).toEqual(others(text));
        expect(comments(after)).toBe(comments(text));
        expect(editDotenv(after, change)).toBe(after);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes what a shell reads', () => {
    const value = 'a/b+c=$d`e`"f"\\';
    const text = editDotenv('export OTHER="1 2"\n', { set: { ID: 'AKIA', SECRET: value }, remove: [] });
    const output = execFileSync('sh', ['-c', `${text}printenv ID SECRET OTHER`], { encoding: 'utf8' });
    expect(output).toBe(`AKIA\n${value}\n1 2\n`);
  });
});
