import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const bin = join(dirname(dirname(dirname(import.meta.dirname))), 'bin');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-start-'));
  cpSync(bin, join(folder, 'bin'), { recursive: true });
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function build(program: string): void {
  mkdirSync(join(folder, 'dist', 'cli'), { recursive: true });
  writeFileSync(join(folder, 'dist', 'cli', 'main.js'), program);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
}

function start() {
  return spawnSync(process.execPath, [join(folder, 'bin', 'keyturn.cjs')], {
    env: { HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') },
    encoding: 'utf8',
  });
}

describe('bin/keyturn.cjs', () => {
  it('says what to do in a clone that is not built', () => {
    const { status, stderr } = start();
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: keyturn is not built: .*\n {2}in a clone: npm install && npm run build\n$/);
  });

  it('loads the program, and keeps its compiled code where only this user can write', () => {
    build('console.log("here")');
    expect(start()).toMatchObject({ status: 0, stdout: 'here\n', stderr: '' });
    const cache = join(folder, 'cache', 'keyturn', 'compiled');
    expect(statSync(cache).mode & 0o777).toBe(0o700);
    expect(readdirSync(cache)).not.toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('does without the cache where others can write, or nobody can', () => {
    build('console.log("here")');
    const cache = join(folder, 'cache', 'keyturn', 'compiled');
    mkdirSync(cache, { recursive: true });
    chmodSync(cache, 0o777);
    expect(start()).toMatchObject({ status: 0, stdout: 'here\n' });
    expect(readdirSync(cache)).toEqual([]);
    rmSync(join(folder, 'cache'), { recursive: true });
    writeFileSync(join(folder, 'cache'), '');
    expect(start()).toMatchObject({ status: 0, stdout: 'here\n' });
    expect(existsSync(cache)).toBe(false);
  });
});
