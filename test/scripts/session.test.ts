import { describe, expect, it } from 'vitest';
import { matchesLines, parseSession } from './session.ts';

describe('parseSession', () => {
  it('reads commands with what they print and how they end', () => {
    expect(parseSession('# first\n$ a b\nout\n! err\n? 2\n\n$ c\n')).toEqual([
      { line: 2, command: 'a b', stdout: ['out'], stderr: ['err'], exitCode: 2 },
      { line: 7, command: 'c', stdout: [], stderr: [], exitCode: 0 },
    ]);
  });

  it('refuses what belongs to no command', () => {
    expect(() => parseSession('lost\n')).toThrow('line 1');
  });
});

describe('matchesLines', () => {
  it.each([
    ['a  b\n', ['a b'], true],
    ['a b\n', ['a c'], false],
    ['a\nb\n', ['a'], false],
    ['', ['a'], false],
    ['', [], true],
    ['a\nb\nc\n', ['...', 'c'], true],
    ['a\nb\nc\n', ['a', '...'], true],
    ['a\nb\n', ['...', 'c'], false],
    ['id 12 end\n', ['id <number> end'], true],
    ['id 12 13 end\n', ['id <number> end'], false],
    ['id 12 13 end\n', ['id ... end'], true],
    ['AKIA1 x\n', ['$KEY x'], true],
    ['AKIA2 x\n', ['$KEY x'], false],
    ['a.b\n', ['a.b'], true],
    ['acb\n', ['a.b'], false],
  ])('holds %j against %j: %s', (text, expected, matches) => {
    expect(matchesLines(text, expected, { KEY: 'AKIA1' })).toBe(matches);
  });
});
