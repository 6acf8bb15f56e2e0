/** Replacing a file that holds keys: whole or not at all, by one writer at a time, for its owner's eyes only. */
import { access, constants, lstat, mkdir, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { KeyturnError } from '../errors.ts';
import { describeFileFailure, errnoOf } from './file-failure.ts';
import { lockFile, type FileLock } from './file-lock.ts';
import { decodeText, readBytes } from './text-file.ts';

const attempts = 10;

export interface UpdateOptions {
  /** Make the file's folder (0700) where it is missing. */
  readonly makeFolder?: boolean | undefined;
  /** Do everything but the last step, to learn beforehand whether it can be done; the file stays as it is. */
  readonly rehearse?: boolean | undefined;
  /** Called right before the last step; when it throws, the file stays as it is. */
  readonly beforeRename?: (() => void) | undefined;
}

/**
 * Replaces a file by what `edit` makes of its text ('' where there is no file yet).
 *
 * The new text goes into a file beside it (new, 0600, synced) that then takes its place, so a reader, a crash or a full
 * disk finds the old file or the new one. Symbolic links are followed. A change that another program made in between is
 * not overwritten: the edit is made again on the newer text, so `edit` may be called more than once.
 *
 * @throws KeyturnError ERR_FILE, and whatever `edit` throws; the file is then as it was, and nothing lies beside it
 */
export async function updateFile(
  path: string,
  edit: (text: string) => string,
  options: UpdateOptions = {},
): Promise<void> {
  try {
    if (options.makeFolder === true) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const target = await followLinks(path);
    await requireWritable(target);
    const lock = await lockFile(target);
    try {
      await replaceUndisturbed(target, edit, lock, options);
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw describeFileFailure(error, 'write', path);
  }
}

async function replaceUndisturbed(
  target: string,
  edit: (text: string) => string,
  lock: FileLock,
  { rehearse, beforeRename }: UpdateOptions,
): Promise<void> {
  // One name for all: whoever holds the lock clears away what a killed process left, so no secret stays behind.
  const temporary = `${target}.keyturn-tmp`;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await readBytes(target);
    const { text, encoding } = decodeText(before ?? Buffer.alloc(0));
    const after = Buffer.from(edit(text), encoding);
    try {
      await writeTemporary(temporary, after, target);
      if (!isSame(before, await readBytes(target)) || !(await lock.isHeld())) continue;
      if (rehearse === true) return;
      beforeRename?.();
      await rename(temporary, target);
      await syncFolder(dirname(target));
      return;
    } finally {
      await rm(temporary, { force: true });
    }
  }
  throw new KeyturnError('ERR_FILE', `cannot write ${target}: another program keeps changing it`, {
    hint: 'try again',
  });
}

async function writeTemporary(temporary: string, content: Uint8Array, target: string): Promise<void> {
  await rm(temporary, { force: true });
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await keepOwner(handle, target);
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives the new file to the old one's owner, where we may: sudo does not take a file away from its user. */
async function keepOwner(handle: FileHandle, target: string): Promise<void> {
  try {
    const [before, now] = await Promise.all([stat(target), handle.stat()]);
    if (before.uid !== now.uid || before.gid !== now.gid) await handle.chown(before.uid, before.gid);
  } catch (error) {
    if (!['ENOENT', 'EPERM', 'EINVAL'].includes(errnoOf(error) ?? '')) throw error;
  }
}

/** Makes the new name durable; some systems cannot sync a folder, and then it is as durable as they make it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'].includes(errnoOf(error) ?? '')) throw error;
  } finally {
    await handle?.close();
  }
}

/** The file that a path stands for in the end, also where that file does not exist yet. */
async function followLinks(path: string, depth = 40): Promise<string> {
  const real = join(await realpath(dirname(resolve(path))), basename(path));
  const isLink = await lstat(real)
    .then((stats) => stats.isSymbolicLink())
    .catch(() => false);
  return isLink && depth > 0 ? followLinks(resolve(dirname(real), await readlink(real)), depth - 1) : real;
}

async function requireWritable(path: string): Promise<void> {
  const stats = await stat(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (stats === undefined) return;
  if (!stats.isFile()) {
    throw new KeyturnError('ERR_FILE', `cannot write ${path}: it is not a regular file`, { hint: 'name another file' });
  }
  await access(path, constants.W_OK);
}

function isSame(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one === undefined || other === undefined ? one === other : one.equals(other);
}
