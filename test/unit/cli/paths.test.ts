import { homedir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { locateDataFolder, locateFolder } from '../../../src/cli/paths.ts';

const linux = { platform: 'linux', home: '/home/me' } as const;
const mac = { platform: 'darwin', home: '/Users/me' } as const;
const windows = { platform: 'win32', home: 'C:\\Users\\me' } as const;

describe('locateFolder', () => {
  it.each([
    ['data', {}, linux, '/home/me/.local/share/keyturn'],
    ['state', {}, linux, '/home/me/.local/state/keyturn'],
    ['cache', {}, { ...linux, platform: 'freebsd' as const }, '/home/me/.cache/keyturn'],
    ['data', { XDG_DATA_HOME: '/d' }, linux, '/d/keyturn'],
    ['state', { XDG_STATE_HOME: 'relative' }, linux, '/home/me/.local/state/keyturn'],
    ['cache', { XDG_CACHE_HOME: '' }, linux, '/home/me/.cache/keyturn'],
    ['data', { XDG_DATA_HOME: '/d' }, mac, '/Users/me/Library/Application Support/keyturn/data'],
    ['state', {}, mac, '/Users/me/Library/Application Support/keyturn/state'],
    ['cache', {}, mac, '/Users/me/Library/Caches/keyturn'],
    ['data', { LOCALAPPDATA: 'D:\\Local' }, windows, 'D:\\Local\\keyturn\\data'],
    ['cache', {}, windows, 'C:\\Users\\me\\AppData\\Local\\keyturn\\cache'],
  ] as const)('%s with %j on %j', (purpose, env, system, folder) => {
    expect(locateFolder(purpose, env, system)).toBe(folder);
  });
});

describe('locateDataFolder', () => {
  it.skipIf(process.platform !== 'linux')('is the one of this machine', () => {
    expect(locateDataFolder({})).toBe(join(homedir(), '.local/share/keyturn'));
  });
});
