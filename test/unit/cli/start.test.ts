import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
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

/** Writes a built command line; as in the real one, a part has another name when there is something else in it. */
function build(main: string, parts: Readonly<Record<string, string>> = {}): void {
  mkdirSync(join(folder, 'dist', 'cli'), { recursive: true });
  for (const [name, text] of Object.entries({ main, ...parts })) {
    writeFileSync(join(folder, 'dist', 'cli', `${name}.cjs`), `(function (exports, require, module) {${text}})`);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
}

function start(...args: string[]) {
  return spawnSync(process.execPath, [join(folder, 'bin', 'keyturn.cjs'), ...args], {
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
    expect(start('keys', 'list')).toMatchObject({ status: 0, stdout: 'here\n', stderr: '' });
    const cache = join(folder, 'cache', 'keyturn', 'compiled');
    expect(statSync(cache).mode & 0o777).toBe(0o700);
    expect(readdirSync(cache)).toEqual([`${process.version}-${process.arch}-keys-list`]);
  });

  it('never runs the compiled code of another build, not even of one with the same length', () => {
    build('console.log("one")');
    start();
    build('console.log("two")');
    expect([start(), start()]).toMatchObject([{ stdout: 'two\n' }, { stdout: 'two\n' }]);
  });

  it('runs from the compiled code, and compiles anew what cannot be read', () => {
    const cache = join(folder, 'cache', 'keyturn', 'compiled');
    build('console.log("here")');
    start();
    const [name = ''] = readdirSync(cache);
    const kept = readFileSync(join(cache, name));
    start();
    expect(readFileSync(join(cache, name))).toEqual(kept);
    const damaged = Buffer.from(kept);
    damaged.writeUInt8(kept.readUInt8(kept.length >> 1) ^ 1, kept.length >> 1);
    for (const unreadable of [damaged, kept.subarray(0, 5), Buffer.alloc(0)]) {
      writeFileSync(join(cache, name), unreadable);
      expect(start()).toMatchObject({ status: 0, stdout: 'here\n', stderr: '' });
      expect(readFileSync(join(cache, name))).not.toEqual(unreadable);
    }
  });

  it('reads a part when it is asked for, and once', () => {
    build('console.log(process.argv.slice(3).map((name) => require(`./${name}.cjs`).answer).join())', {
      1: 'exports.answer = new (require("./3.cjs").Shared)() instanceof require("./3.cjs").Shared',
      2: 'module.exports = { answer: require("node:path").posix.join("a", "b") }',
      3: 'exports.Shared = class {}',
      4: 'throw new Error("read")',
    });
    for (let round = 0; round < 2; round += 1) {
      expect(start('run', '1', '2')).toMatchObject({ status: 0, stdout: 'true,a/b\n', stderr: '' });
    }
  });

  it('adds what a run compiles to what others did', () => {
    build('for (const name of process.argv.slice(3)) require(`./${name}.cjs`)', {
      1: 'console.log(() => "one")',
      2: 'console.log(() => "two")',
    });
    const cache = join(folder, 'cache', 'keyturn', 'compiled', `${process.version}-${process.arch}-run`);
    const runs = [['1'], ['2'], ['1'], ['1', '2'], ['2']].map((args) => {
      expect(start('run', ...args)).toMatchObject({ status: 0, stderr: '' });
      return readFileSync(cache);
    });
    expect(runs[1]?.length).toBeGreaterThan(runs[0]?.length ?? 0);
    for (const later of runs.slice(2)) expect(later).toEqual(runs[1]);
  });

  it('keeps nothing of a run that failed, and names no file after what a user wrote', () => {
    build('process.exitCode = process.argv.includes("fail") ? 1 : 0');
    expect(start('fail')).toMatchObject({ status: 1 });
    start('../../up', 'AKIAIOSFODNN7EXAMPLE');
    start('--profile', 'work');
    start('whoami', '--help');
    const cache = join(folder, 'cache', 'keyturn', 'compiled');
    expect(readdirSync(cache)).toEqual([
      `${process.version}-${process.arch}`,
      `${process.version}-${process.arch}---profile`,
      `${process.version}-${process.arch}-help`,
    ]);
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
