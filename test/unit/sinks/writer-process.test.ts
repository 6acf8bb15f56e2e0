/** The credentials-file writer in processes of their own: killed, without permission, without room, many at once. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { makeFolder } from './temporary-folder.ts';
import type { WriterTask } from './writer.ts';

const script = join(import.meta.dirname, 'writer.ts');
const isRoot = process.getuid?.() === 0;
const user = 65534;
const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
if (!canMount) console.warn('left out: a full disk under the writer, which needs a mount of its own');

const pairs = [
  ['AKIAAAAAAAAAAAAAAAAA', 'a'.repeat(40)],
  ['AKIABBBBBBBBBBBBBBBB', 'b'.repeat(40)],
] as const;

function run(task: WriterTask, ...wrap: readonly string[]): string {
  const [command, ...first] = [...wrap, process.execPath];
  return execFileSync(command, [...first, script, JSON.stringify(task)], { encoding: 'utf8' })
    .replace('ready\n', '')
    .trimEnd();
}

function compose(AccessKeyId: string, secret: string, filling: string): string {
  return `[dev]\naws_access_key_id = ${AccessKeyId}\naws_secret_access_key = ${secret}\n${filling}`;
}

describe('a writer that is killed', () => {
  it('leaves the old file or the new one, whole, and does not stand in the way of the next', async () => {
    const folder = makeFolder();
    const file = join(folder, 'credentials');
    const filling = '# a long comment\n'.repeat(20_000);
    const wholes = pairs.map(([id, secret]) => compose(id, secret, filling));
    writeFileSync(file, wholes[0] ?? '');
    for (let round = 0; round < 12; round++) {
      const child = spawn(process.execPath, [script, JSON.stringify({ file, profile: 'dev', pairs, forever: true })]);
      await once(child.stdout, 'data');
      await sleep(round * 7);
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(wholes.includes(readFileSync(file, 'utf8')), `round ${round}`).toBe(true);
    }
    expect(run({ file, profile: 'dev', pairs })).toBe('done');
    expect([readdirSync(folder), readFileSync(file, 'utf8')]).toEqual([['credentials'], wholes[1]]);
  });
});

describe('many writers at once', () => {
  it('lose nothing of each other', async () => {
    const file = join(makeFolder(), 'credentials');
    writeFileSync(file, '# mine\n');
    const profiles = ['a', 'b', 'c', 'd'];
    const children = profiles.map((profile) => {
      const task: WriterTask = { file, profile, pairs: [...pairs, ...pairs, ...pairs] };
      return once(spawn(process.execPath, [script, JSON.stringify(task)], { stdio: 'ignore' }), 'exit');
    });
    expect(await Promise.all(children)).toEqual(profiles.map(() => [0, null]));
    const text = readFileSync(file, 'utf8');
    expect(text.match(/^\[.\]$/gm)?.toSorted()).toEqual(profiles.map((profile) => `[${profile}]`));
    expect(text.match(/AKIABBBBBBBBBBBBBBBB/g)).toHaveLength(profiles.length);
  });
});

describe('a writer that cannot write', () => {
  it.each([false, true])('says so for lack of permission (checking beforehand: %s)', (checkOnly) => {
    const folder = makeFolder();
    const file = join(folder, 'credentials');
    writeFileSync(file, 'old', { mode: 0o444 });
    const task = { file, profile: 'dev', pairs, checkOnly, ...(isRoot ? { uid: user } : {}) };
    // The folder may be entered, but neither it nor the file may be written.
    chmodSync(folder, 0o555);
    expect(run(task)).toContain(`ERR_FILE: cannot write ${file}: permission denied`);
    if (isRoot) chownSync(file, user, user);
    chmodSync(file, 0o644);
    expect(run(task)).toContain(`ERR_FILE: cannot write ${file}: permission denied`);
    chmodSync(folder, 0o755);
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['old', ['credentials']]);
  });

  it('leaves the file as it was, and nothing beside it, when it may not write that much', () => {
    const folder = makeFolder();
    const file = join(folder, 'credentials');
    const old = '# filling\n'.repeat(1000);
    writeFileSync(file, old);
    const limited = ['bash', '-c', 'ulimit -f 4; exec "$@"', 'bash'];
    expect(run({ file, profile: 'dev', pairs }, ...limited)).toContain(
      `ERR_FILE: cannot write ${file}: the file would be larger`,
    );
    expect([readFileSync(file, 'utf8') === old, readdirSync(folder)]).toEqual([true, ['credentials']]);
  });

  it.skipIf(!canMount)('leaves the file as it was, and nothing beside it, when the disk is full', () => {
    const folder = join(makeFolder(), 'disk');
    mkdirSync(folder);
    const file = join(folder, 'credentials');
    // One page for the file and one for the lock: none is left for the new file.
    const mount = `mount -t tmpfs -o size=8k tmpfs ${folder}; printf old > ${file}; "$@"; cat ${file}; ls ${folder}`;
    const output = run({ file, profile: 'dev', pairs }, 'unshare', '-rm', 'sh', '-c', mount, 'sh');
    expect(output).toBe(
      `ERR_FILE: cannot write ${file}: no space left on the disk; make room where ${folder} is, or name a file elsewhere\noldcredentials`,
    );
  });
});
