import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { lockFile } from '../../../src/sinks/file-lock.ts';
import { makeFolder } from './temporary-folder.ts';

function composeLock(holder: { pid?: number | undefined; host?: string }): string {
  return JSON.stringify({ pid: process.pid, host: hostname(), id: 'x', ...holder });
}

describe('lockFile', () => {
  it('lets one at a time through', async () => {
    const file = join(makeFolder(), 'f');
    let inside = 0;
    const visit = async (): Promise<void> => {
      const lock = await lockFile(file);
      expect(++inside).toBe(1);
      await sleep(5);
      inside--;
      await lock.release();
    };
    await Promise.all(Array.from({ length: 8 }, visit));
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it('takes over the lock of a process that has ended', async () => {
    const file = join(makeFolder(), 'f');
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(`${file}.keyturn-lock`, composeLock({ pid }));
    const lock = await lockFile(file);
    expect(await lock.isHeld()).toBe(true);
    await lock.release();
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it('lets one at a time through also where many take over the same lock', async () => {
    const file = join(makeFolder(), 'f');
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(`${file}.keyturn-lock`, composeLock({ pid }));
    let held = 0;
    const visit = async (): Promise<void> => {
      const lock = await lockFile(file);
      await sleep(1);
      if (await lock.isHeld()) held++;
      await lock.release();
    };
    await Promise.all(Array.from({ length: 8 }, visit));
    expect(held).toBe(8);
    expect(existsSync(`${file}.keyturn-lock`)).toBe(false);
  });

  it('takes over a lock that stays empty', async () => {
    const file = join(makeFolder(), 'f');
    writeFileSync(`${file}.keyturn-lock`, '');
    await (await lockFile(file)).release();
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it('waits for a live holder only so long, and says who it is', async () => {
    const file = join(makeFolder(), 'f');
    const held = composeLock({});
    writeFileSync(`${file}.keyturn-lock`, held);
    await expect(lockFile(file, 200)).rejects.toMatchObject({
      code: 'ERR_FILE',
      message: `${file} is being written by process ${process.pid} on ${hostname()}`,
      hint: `try again; if no keyturn is at work there, delete ${file}.keyturn-lock`,
    });
    expect(readFileSync(`${file}.keyturn-lock`, 'utf8')).toBe(held);
  });

  it('does not judge the lock of another machine', async () => {
    const file = join(makeFolder(), 'f');
    writeFileSync(`${file}.keyturn-lock`, composeLock({ pid: 1, host: 'elsewhere' }));
    await expect(lockFile(file, 200)).rejects.toThrow(`${file} is being written by process 1 on elsewhere`);
  });

  it('does not give back a lock that has become another’s', async () => {
    const file = join(makeFolder(), 'f');
    const lock = await lockFile(file);
    writeFileSync(`${file}.keyturn-lock`, composeLock({}));
    expect(await lock.isHeld()).toBe(false);
    await lock.release();
    expect(existsSync(`${file}.keyturn-lock`)).toBe(true);
  });
});
