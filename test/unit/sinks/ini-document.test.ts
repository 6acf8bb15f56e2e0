import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cutComment, parseIni } from '../../../src/sinks/ini-document.ts';
import { joinLines } from '../../../src/sinks/text-lines.ts';
import { iniDocument } from './documents.ts';

function kindsOf(text: string): string[] {
  return parseIni(text).map(({ kind }) => kind);
}

describe('parseIni', () => {
  it('loses nothing of any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), iniDocument), (text) => joinLines(parseIni(text)) === text),
    );
  });

  it('tells sections, options, comments and nested blocks apart', () => {
    const text = '# keys\n[dev]\n; mine\nregion = eu-west-1\ns3 =\n  addressing_style = path\n\n[x]\n';
    expect(kindsOf(text)).toEqual([
      'other',
      'section',
      'other',
      'option',
      'option',
      'continuation',
      'other',
      'section',
    ]);
  });

  it('takes an indented section as a section, and lines of equal indentation as options', () => {
    expect(kindsOf('  [dev]\n  a = 1\n  b = 2\n    c = 3\n')).toEqual(['section', 'option', 'option', 'continuation']);
  });

  it('reads names in lower case, either sign, and a byte order mark', () => {
    expect(parseIni('\uFEFF[dev]\r\nAWS_Access_Key_Id : AKIA\r\n')).toMatchObject([
      { kind: 'section', name: 'dev', end: '\r\n' },
      { kind: 'option', name: 'aws_access_key_id', value: 'AKIA', end: '\r\n' },
    ]);
  });

  it('reads options outside of a section, and lines without a sign, as nothing', () => {
    expect(kindsOf('a = 1\n[dev]\nnonsense\n= 2\n')).toEqual(['other', 'section', 'other', 'other']);
  });
});

describe('cutComment', () => {
  it.each([
    ['a#b;c', 'a#b;c'],
    ['a #b', 'a'],
    ['a\t;b', 'a'],
    ['#a', ''],
    ['a', 'a'],
  ])('%j is %j', (value, cut) => {
    expect(cutComment(value)).toBe(cut);
  });
});
