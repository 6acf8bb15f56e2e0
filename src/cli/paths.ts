import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

import { filled, type Environment } from '../sinks/shared-config.ts';

/** What a folder is for: data is precious, state may be lost with a sigh, a cache without one. */
export type FolderPurpose = 'data' | 'state' | 'cache';

export interface System {
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

const xdg = {
  data: ['XDG_DATA_HOME', '.local/share'],
  state: ['XDG_STATE_HOME', '.local/state'],
  cache: ['XDG_CACHE_HOME', '.cache'],
} as const;

/**
 * Keyturn's folder for a purpose, by the custom of the platform: the XDG variables and their defaults on Linux and the
 * like, `~/Library` on macOS, %LOCALAPPDATA% on Windows.
 *
 * Sources: https://specifications.freedesktop.org/basedir-spec/latest/ (a relative path counts as not set) and
 * https://learn.microsoft.com/en-us/windows/win32/shell/knownfolderid
 *
 * @example
 * locateFolder('state', {}, { platform: 'linux', home: '/home/me' }); // '/home/me/.local/state/keyturn'
 */
export function locateFolder(purpose: FolderPurpose, env: Environment, system: System): string {
  const { platform, home } = system;
  if (platform === 'win32') {
    return win32.join(filled(env.LOCALAPPDATA) ?? win32.join(home, 'AppData', 'Local'), 'keyturn', purpose);
  }
  if (platform === 'darwin') {
    const library = posix.join(home, 'Library');
    return purpose === 'cache'
      ? posix.join(library, 'Caches', 'keyturn')
      : posix.join(library, 'Application Support', 'keyturn', purpose);
  }
  const [variable, fallback] = xdg[purpose];
  const named = env[variable] ?? '';
  return posix.join(posix.isAbsolute(named) ? named : posix.join(home, fallback), 'keyturn');
}

/** The folder in which `keyturn serve` keeps what outlives it. */
export function locateDataFolder(env: Environment): string {
  return locateFolder('data', env, { platform: process.platform, home: homedir() });
}
