import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

import { filled, type Environment } from '../sinks/shared-config.ts';

export interface System {
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/**
 * The folder in which `keyturn serve` keeps what outlives it, by the custom of the platform: XDG_DATA_HOME and its default
 * on Linux and the like, `~/Library` on macOS, %LOCALAPPDATA% on Windows.
 *
 * Sources: https://specifications.freedesktop.org/basedir-spec/latest/ (a relative path counts as not set) and
 * https://learn.microsoft.com/en-us/windows/win32/shell/knownfolderid
 *
 * @example
 * locateDataFolder({}, { platform: 'linux', home: '/home/me' }); // '/home/me/.local/share/keyturn'
 */
export function locateDataFolder(
  env: Environment,
  { platform, home }: System = { platform: process.platform, home: homedir() },
): string {
  if (platform === 'win32') {
    return win32.join(filled(env.LOCALAPPDATA) ?? win32.join(home, 'AppData', 'Local'), 'keyturn', 'data');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'keyturn', 'data');
  const named = env.XDG_DATA_HOME ?? '';
  return posix.join(posix.isAbsolute(named) ? named : posix.join(home, '.local', 'share'), 'keyturn');
}

/**
 * The file in which the journal is kept where none is named: XDG_STATE_HOME and its default on Linux and the like,
 * `~/Library` on macOS, %LOCALAPPDATA% on Windows.
 *
 * Sources: as for {@link locateDataFolder}
 *
 * @example
 * locateJournal({}, { platform: 'linux', home: '/home/me' }); // '/home/me/.local/state/keyturn/journal.sqlite'
 */
export function locateJournal(
  env: Environment,
  system: System = { platform: process.platform, home: homedir() },
): string {
  const { platform, home } = system;
  const name = 'journal.sqlite';
  if (platform === 'win32') return win32.join(win32.dirname(locateDataFolder(env, system)), name);
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'keyturn', name);
  const named = env.XDG_STATE_HOME ?? '';
  const folder = posix.isAbsolute(named) ? named : posix.join(home, '.local', 'state');
  return posix.join(folder, 'keyturn', name);
}
