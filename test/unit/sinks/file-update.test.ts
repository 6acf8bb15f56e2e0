import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { updateFile } from '../../../src/sinks/file-update.ts';
import { readText } from '../../../src/sinks/text-file.ts';
import { makeFolder } from './temporary-folder.ts';

const isRoot = process.getuid?.() === 0;

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

describe('updateFile', () => {
  it('makes the file and its folder for the owner alone', async () => {
    const file = join(makeFolder(), '.aws', 'credentials');
    await updateFile(file, (text) => `${text}x`, { makeFolder: true });
    expect(readFileSync(file, 'utf8')).toBe('x');
    expect([modeOf(file), modeOf(join(file, '..'))]).toEqual(['600', '700']);
    expect(readdirSync(join(file, '..'))).toEqual(['credentials']);
  });

  it('makes no folder that it was not asked to make', async () => {
    const file = join(makeFolder(), 'typo', 'credentials');
    await expect(updateFile(file, () => 'x')).rejects.toMatchObject({
      code: 'ERR_FILE',
      message: `cannot write ${file}: there is no such file or folder`,
      hint: `make the folder ${join(file, '..')}, or name another file`,
    });
  });

  it('leaves the file alone in a rehearsal', async () => {
    const folder = makeFolder();
    const file = join(folder, 'f');
    await updateFile(file, () => 'x', { rehearse: true });
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(file, 'old');
    await updateFile(file, () => 'new', { rehearse: true });
    expect([readdirSync(folder), readFileSync(file, 'utf8')]).toEqual([['f'], 'old']);
  });

  it('takes group and world out of the mode', async () => {
    const file = join(makeFolder(), 'f');
    writeFileSync(file, 'old', { mode: 0o644 });
    await updateFile(file, () => 'new');
    expect(modeOf(file)).toBe('600');
  });

  it.skipIf(!isRoot)('keeps the owner', async () => {
    const file = join(makeFolder(), 'f');
    writeFileSync(file, 'old');
    chownSync(file, 65534, 65534);
    await updateFile(file, () => 'new');
    expect(statSync(file)).toMatchObject({ uid: 65534, gid: 65534 });
  });

  it('follows symbolic links, also to a file that is not there yet', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'dotfiles'));
    symlinkSync('dotfiles/target', join(folder, 'one'));
    symlinkSync(join(folder, 'one'), join(folder, 'two'));
    for (const text of ['first', 'second']) {
      await updateFile(join(folder, 'two'), () => text);
      expect(readFileSync(join(folder, 'dotfiles', 'target'), 'utf8')).toBe(text);
    }
    expect([readlinkSync(join(folder, 'one')), readdirSync(join(folder, 'dotfiles'))]).toEqual([
      'dotfiles/target',
      ['target'],
    ]);
  });

  it('refuses links that go round in a circle', async () => {
    const folder = makeFolder();
    symlinkSync('b', join(folder, 'a'));
    symlinkSync('a', join(folder, 'b'));
    await expect(updateFile(join(folder, 'a'), () => 'x')).rejects.toMatchObject({ code: 'ERR_FILE' });
    expect(readdirSync(folder)).toEqual(['a', 'b']);
  });

  it.each(['/dev/null', '/'])('refuses %s, which is no regular file', async (path) => {
    await expect(updateFile(path, () => 'x')).rejects.toMatchObject({ code: 'ERR_FILE' });
    expect(existsSync(`${path}.keyturn-lock`)).toBe(false);
  });

  it('keeps bytes that are no UTF-8', async () => {
    const file = join(makeFolder(), 'f');
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x23, 0xe9, 0xff, 0x00, 0x0d, 0x0a]);
    writeFileSync(file, bytes);
    await updateFile(file, (text) => `${text}x`);
    expect(readFileSync(file)).toEqual(Buffer.concat([bytes, Buffer.from('x')]));
  });

  it('edits again what another program changed in between', async () => {
    const file = join(makeFolder(), 'f');
    writeFileSync(file, 'a');
    let calls = 0;
    await updateFile(file, (text) => {
      if (calls++ === 0) writeFileSync(file, 'b');
      return `${text}!`;
    });
    expect([readFileSync(file, 'utf8'), calls]).toEqual(['b!', 2]);
  });

  it('gives up on a file that never stops changing', async () => {
    const folder = makeFolder();
    const file = join(folder, 'f');
    let calls = 0;
    const edit = (): string => {
      writeFileSync(file, String(calls++));
      return 'mine';
    };
    await expect(updateFile(file, edit)).rejects.toMatchObject({ code: 'ERR_FILE', hint: 'try again' });
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['9', ['f']]);
  });

  it('leaves nothing behind when the edit is refused', async () => {
    const folder = makeFolder();
    const file = join(folder, 'f');
    writeFileSync(file, 'old');
    const edit = (): string => {
      throw new RangeError('no');
    };
    await expect(updateFile(file, edit)).rejects.toThrow(RangeError);
    expect([readdirSync(folder), readFileSync(file, 'utf8')]).toEqual([['f'], 'old']);
  });

  it('clears away the unfinished file of a killed process, whatever its mode', async () => {
    const folder = makeFolder();
    const file = join(folder, 'f');
    writeFileSync(`${file}.keyturn-tmp`, 'a secret', { mode: 0o400 });
    chmodSync(`${file}.keyturn-tmp`, 0o400);
    await updateFile(file, () => 'x');
    expect(readdirSync(folder)).toEqual(['f']);
  });
});

describe('readText', () => {
  it('reads a file, nothing where there is none, and says why it cannot', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'f'), 'ä');
    expect(await readText(join(folder, 'f'))).toBe('ä');
    expect(await readText(join(folder, 'g'))).toBeUndefined();
    await expect(readText(folder)).rejects.toMatchObject({
      code: 'ERR_FILE',
      message: `cannot read ${folder}: it is a folder`,
    });
  });
});
