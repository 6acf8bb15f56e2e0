import { dirname } from 'node:path';

import { KeyturnError } from '../errors.ts';

/** The system's code of a failed file operation (`ENOENT`), or undefined for any other error. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * A failed file operation as an ERR_FILE that says which file, why, and what to do; other errors come back as they are.
 *
 * @param doing `read` or `write`
 */
export function describeFileFailure(error: unknown, doing: 'read' | 'write', path: string): unknown {
  const code = errnoOf(error);
  if (code === undefined) return error;
  const [reason, hint] = explanations(path)[code] ?? [code, undefined];
  return new KeyturnError('ERR_FILE', `cannot ${doing} ${path}: ${reason}`, { hint, cause: error });
}

function explanations(path: string): Partial<Record<string, readonly [reason: string, hint: string]>> {
  const folder = dirname(path);
  const permission = [
    'permission denied',
    `give yourself access to ${path} and its folder, or name another file`,
  ] as const;
  const space = ['no space left on the disk', `make room where ${folder} is, or name a file elsewhere`] as const;
  return {
    EACCES: permission,
    EPERM: permission,
    EROFS: ['the file system is read-only', 'name a file elsewhere'],
    ENOSPC: space,
    EDQUOT: space,
    EFBIG: [
      'the file would be larger than this process may write',
      'raise the limit (ulimit -f), or name another file',
    ],
    ENOENT: ['there is no such file or folder', `make the folder ${folder}, or name another file`],
    ENOTDIR: ['a part of the path is not a folder', 'name another file'],
    EISDIR: ['it is a folder', 'name a file in it'],
    ELOOP: ['its symbolic links go round in a circle', 'name another file'],
    ENAMETOOLONG: ['the name is too long', 'name another file'],
  };
}
