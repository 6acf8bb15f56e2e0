import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseIni, type IniLine } from '../../../src/sinks/ini-document.ts';
import { editSection, type IniEdit } from '../../../src/sinks/ini-edit.ts';
import { joinLines, splitLines } from '../../../src/sinks/text-lines.ts';
import { iniDocument } from './documents.ts';

const pair: IniEdit = {
  set: { aws_access_key_id: 'AKIANEW', aws_secret_access_key: 'new/secret+' },
  remove: ['aws_session_token'],
};

function edit(text: string, change = pair): string {
  return joinLines(editSection(parseIni(text), (section) => section === 'dev', 'dev', change));
}

describe('editSection', () => {
  it.each([
    ['an empty file', '', '[dev]\naws_access_key_id = AKIANEW\naws_secret_access_key = new/secret+\n'],
    [
      'a file without the section or a final newline',
      '[x]\r\na=1',
      '[x]\r\na=1\r\n\r\n[dev]\r\naws_access_key_id = AKIANEW\r\naws_secret_access_key = new/secret+\r\n',
    ],
    [
      'a section at the end of a file without a final newline',
      '[dev]',
      '[dev]\naws_access_key_id = AKIANEW\naws_secret_access_key = new/secret+\n',
    ],
    [
      'a section with a nested block, indented',
      '[dev]\n  region = x\n  s3 =\n    a = b\n',
      '[dev]\n  aws_access_key_id = AKIANEW\n  aws_secret_access_key = new/secret+\n  region = x\n  s3 =\n    a = b\n',
    ],
    [
      'a pair and a stale token, in the style that is there',
      '[dev]\naws_access_key_id=OLD\naws_session_token=T\naws_secret_access_key : OLD\nregion=x\n',
      '[dev]\naws_access_key_id=AKIANEW\naws_secret_access_key = new/secret+\nregion=x\n',
    ],
    [
      'an option twice: the last one counts',
      '[dev]\naws_access_key_id = A\nAWS_ACCESS_KEY_ID = B\naws_secret_access_key = C',
      '[dev]\naws_access_key_id = AKIANEW\naws_secret_access_key = new/secret+',
    ],
    [
      'a section twice',
      '[dev]\naws_access_key_id = A\n[x]\n[dev]\naws_secret_access_key = C\n',
      '[dev]\naws_access_key_id = AKIANEW\n[x]\n[dev]\naws_secret_access_key = new/secret+\n',
    ],
    [
      'a comment behind a value, which moves above it',
      '[dev]\naws_access_key_id = A ; ops, 2024\naws_secret_access_key = C # x',
      '[dev]\n; ops, 2024\naws_access_key_id = AKIANEW\n# x\naws_secret_access_key = new/secret+',
    ],
    [
      'options called like what every object has',
      '[dev]\nconstructor = 1\ntostring = 2\n__proto__ = 3\n',
      '[dev]\naws_access_key_id = AKIANEW\naws_secret_access_key = new/secret+\nconstructor = 1\ntostring = 2\n__proto__ = 3\n',
    ],
    [
      'sections of like names',
      '["dev"]\n[ dev ]\n[profile dev]\n[devel]\n',
      '["dev"]\n[ dev ]\n[profile dev]\n[devel]\n\n[dev]\naws_access_key_id = AKIANEW\naws_secret_access_key = new/secret+\n',
    ],
  ])('%s', (_, before, after) => {
    expect(edit(before)).toBe(after);
  });

  it('writes a value that looks like a comment right behind the sign', () => {
    const change = { set: { aws_access_key_id: '#A', aws_secret_access_key: ';B' }, remove: [] };
    expect(edit('[dev]\naws_access_key_id = x\n', change)).toBe(
      '[dev]\naws_secret_access_key=;B\naws_access_key_id=#A\n',
    );
  });

  it('refuses lines indented below an option that changes, and names the line', () => {
    for (const option of ['aws_access_key_id', 'aws_session_token']) {
      expect(() => edit(`[dev]\n${option} = A\n\n# c\n  region = x\n`)).toThrow(
        expect.objectContaining({ code: 'ERR_FILE', message: 'line 5 is indented below a line that has to change' }),
      );
    }
  });

  it('keeps every line it does not change, byte for byte and in order', () => {
    fc.assert(
      fc.property(iniDocument, (before) => {
        const lines = parseIni(before);
        const after = tryEdit(before);
        if (after === undefined) return;
        const kept = lines.filter((line) => !isConcerned(lines, line));
        for (const line of splitLines(after)) {
          const [next] = kept;
          if (next?.text === line.text && (next.end === line.end || next.end === '')) kept.shift();
          else expect(line.text).toMatch(written);
        }
        expect(kept).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Every line that an edit may add: the pair, a comment moved, a header and the empty line above it. */
const written = /^([ \t]*aws_(access_key_id|secret_access_key)( = |=)(AKIANEW|new\/secret\+)|[ \t]*[;#] why|\[dev\]|)$/;

function tryEdit(text: string): string | undefined {
  try {
    return edit(text);
  } catch {
    return undefined;
  }
}

const concernedNames = [...Object.keys(pair.set), ...pair.remove];

function isConcerned(lines: readonly IniLine[], line: IniLine): boolean {
  const section = lines.slice(0, lines.indexOf(line)).findLast(({ kind }) => kind === 'section');
  return (
    line.kind === 'option' &&
    section?.kind === 'section' &&
    section.name === 'dev' &&
    concernedNames.includes(line.name)
  );
}
