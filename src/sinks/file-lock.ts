import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { KeyturnError } from '../errors.ts';
import { errnoOf } from './file-failure.ts';
import { readBytes } from './text-file.ts';

/** Milliseconds between two looks at another's lock. */
const pause = 50;
/** A lock file is filled right after it is made; one that is empty for so many looks was left by a process that died. */
const looksAtEmpty = 20;

export interface FileLock {
  /** Whether the lock is still ours; no longer only if somebody deleted or replaced its file. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/**
 * Takes the lock file `PATH.keyturn-lock`, which says who holds it, and waits for another holder.
 * The lock of a process that no longer runs on this machine is taken over; one of another machine cannot be judged.
 *
 * @param patience how long to wait, in milliseconds
 * @throws KeyturnError ERR_FILE when somebody else holds it all that time; errors of node:fs as they are
 */
export async function lockFile(path: string, patience = 10_000): Promise<FileLock> {
  const lockPath = `${path}.keyturn-lock`;
  const own = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
  let held: string | undefined;
  for (let look = 0, empty = 0; look * pause < patience; look++) {
    if (await createWith(lockPath, own)) return openLock(lockPath, own);
    held = await readLock(lockPath);
    empty = held === '' ? empty + 1 : 0;
    if (held !== undefined && (empty > looksAtEmpty || isAbandoned(held))) await takeAway(lockPath, held);
    else await sleep(pause);
  }
  const { pid, host } = readHolder(held);
  throw new KeyturnError('ERR_FILE', `${path} is being written by process ${pid} on ${host}`, {
    hint: `try again; if no keyturn is at work there, delete ${lockPath}`,
  });
}

function openLock(lockPath: string, own: string): FileLock {
  const isHeld = async (): Promise<boolean> => (await readLock(lockPath)) === own;
  const release = async (): Promise<void> => {
    if (await isHeld()) await rm(lockPath, { force: true });
  };
  return { isHeld, release };
}

async function createWith(path: string, content: string): Promise<boolean> {
  const handle = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (errnoOf(error) === 'EEXIST') return undefined;
    throw error;
  });
  if (handle === undefined) return false;
  try {
    await handle.writeFile(content);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return true;
}

async function readLock(path: string): Promise<string | undefined> {
  return (await readBytes(path))?.toString();
}

function readHolder(held: string | undefined): { pid: number | string; host: string } {
  const [, pid, host] = /^\{"pid":(\d+),"host":"([^"]*)"/.exec(held ?? '') ?? [];
  return { pid: pid === undefined ? '?' : Number(pid), host: host ?? 'an unknown machine' };
}

function isAbandoned(held: string): boolean {
  const { pid, host } = readHolder(held);
  if (typeof pid === 'string' || host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return errnoOf(error) === 'ESRCH';
  }
}

/** Removes an abandoned lock; if a quicker process has replaced it by its own in between, that one is put back. */
async function takeAway(lockPath: string, held: string): Promise<void> {
  const aside = `${lockPath}-${randomUUID()}`;
  try {
    await rename(lockPath, aside);
    if ((await readLock(aside)) !== held) await link(aside, lockPath);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
