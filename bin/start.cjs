/* Loads the built command line. Compiled code is kept between runs in a folder of this user's own. */
'use strict';

const { existsSync, lstatSync, mkdirSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { homedir } = require('node:os');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const program = join(__dirname, '..', 'dist', 'cli', 'main.js');

if (!existsSync(program)) {
  process.stderr.write(
    'error: keyturn is not built: ' + program + ' is missing\n  in a clone: npm install && npm run build\n',
  );
  process.exit(2);
}

keepCompiledCode();
import(pathToFileURL(program).href);

/* What stands in the cache is run: a folder that someone else can write to is not used. Without a cache all works. */
function keepCompiledCode() {
  try {
    const folder = join(findCacheFolder(), 'keyturn', 'compiled');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isOurs(folder)) enableCompileCache(folder);
  } catch {
    return;
  }
}

function findCacheFolder() {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  if (XDG_CACHE_HOME && XDG_CACHE_HOME.startsWith('/')) return XDG_CACHE_HOME;
  return process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
}

function isOurs(folder) {
  if (process.platform === 'win32') return true;
  const { uid, mode } = lstatSync(folder);
  return uid === process.getuid() && (mode & 0o022) === 0;
}
