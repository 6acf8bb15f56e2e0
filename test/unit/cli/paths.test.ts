import { homedir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { locateDataFolder } from '../../../src/cli/paths.ts';

const linux = { platform: 'linux', home: '/home/me' } as const;
const mac = { platform: 'darwin', home: '/Users/me' } as const;
const windows = { platform: 'win32', home: 'C:\\Users\\me' } as const;

describe('locateDataFolder', () => {
  it.each([
    [{}, linux, '/home/me/.local/share/keyturn'],
    [{}, { ...linux, platform: 'freebsd' as const }, '/home/me/.local/share/keyturn'],
    [{ XDG_DATA_HOME: '/d' }, linux, '/d/keyturn'],
    [{ XDG_DATA_HOME: 'relative' }, linux, '/home/me/.local/share/keyturn'],
    [{ XDG_DATA_HOME: '' }, linux, '/home/me/.local/share/keyturn'],
    [{ XDG_DATA_HOME: '/d' }, mac, '/Users/me/Library/Application Support/keyturn/data'],
    [{ LOCALAPPDATA: 'D:\\Local' }, windows, 'D:\\Local\\keyturn\\data'],
    [{}, windows, 'C:\\Users\\me\\AppData\\Local\\keyturn\\data'],
  ])('with %j on %j', (env, system, folder) => {
    expect(locateDataFolder(env, system)).toBe(folder);
  });

  it.skipIf(process.platform !== 'linux')('is the one of this machine', () => {
    expect(locateDataFolder({})).toBe(join(homedir(), '.local/share/keyturn'));
  });
});
